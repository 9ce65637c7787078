#include <string.h>

#include "scenario/scenario.h"

const frem_value *frem_scenario_parameter(const frem_scenario *scenario, const char *path) {
    for (size_t i = 0; i < scenario->parameters.count; i++) {
        const frem_value *value = scenario->parameters.items[i];
        if (!(value->field->flags & FREM_F_SHAPE) && strcmp(value->head.path, path) == 0)
            return value;
    }
    return NULL;
}
