#include "output/drawn.h"

#include "output/charts/draw.h"
#include "output/charts/svg.h"

frem_status frem_add_drawn(frem_text *out, const frem_figure *figure) {
    frem_scene scene = {0};
    frem_status status = frem_arena_new(&scene.arena);
    if (status == FREM_OK)
        status = frem_draw(figure, &scene);
    if (status == FREM_OK)
        frem_svg(out, &scene);
    frem_scene_free(&scene);
    frem_arena_free(scene.arena);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
