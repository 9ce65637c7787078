#include "model/course.h"

#include <math.h>

/* Sums of twelfths and lengths such as 0.25 year carry rounding; a count date this near is the same day. */
static const double SAME_DAY = 1e-6;

bool frem_course_start(frem_course *course, int year, int month, int ends_month, double full_length,
                       double length, double count) {
    double begins = 12.0 * year + month - 1;
    double wanted = begins + 12 * full_length;
    double end = 12 * floor((wanted - ends_month) / 12 + 0.5) + ends_month;
    /* The end is never before the start, also where a full programme is cut to almost nothing. */
    double ends = fmax(end + 12 * (length - full_length), begins);
    *course = (frem_course){.weight = 1, .begins = begins, .ends = ends};
    course->joins = (int)ceil((course->ends - count - SAME_DAY) / 12);
    double elapsed = (12.0 * course->joins + count - begins) / 12;
    double whole = floor(elapsed + SAME_DAY);
    course->shift = (int)whole;
    course->younger = 1 - fmax(elapsed - whole, 0);
    return fabs(end - wanted) <= 1.5 + SAME_DAY;
}

size_t frem_course_plain(frem_course courses[2], int year, double length, double count) {
    double whole = floor(length + SAME_DAY);
    double rest = fmax(length - whole, 0);
    double begins = 12.0 * year + count;
    for (int i = 0; i < 2; i++)
        courses[i] = (frem_course){.weight = i == 0 ? 1 - rest : rest,
                                   .begins = begins,
                                   .ends = begins + 12 * (whole + i),
                                   .joins = year + (int)whole + i,
                                   .shift = (int)whole + i,
                                   .younger = 1};
    return rest > SAME_DAY ? 2 : 1;
}

int frem_course_taken(const frem_course *course, double count, double *waited) {
    double year = ceil((course->begins - count - SAME_DAY) / 12);
    *waited = fmax(12 * year + count - course->begins, 0) / 12;
    return (int)year;
}

double frem_course_completion(const frem_course_part *parts, size_t n_parts) {
    double left = 1;
    for (size_t i = 0; i < n_parts; i++)
        left *= 1 - parts[i].dropout;
    return left;
}

void frem_course_at(const frem_course *course, const frem_course_part *parts, size_t n_parts, size_t stage,
                    double time, double *studying, double *dropped) {
    double total = 0, before = 0, left = 1;
    for (size_t i = 0; i < n_parts; i++)
        total += parts[i].length;
    for (size_t i = 0; i < stage; i++) {
        before += parts[i].length;
        left *= 1 - parts[i].dropout;
    }
    double stretch = total > 0 ? (course->ends - course->begins) / total : 0;
    double from = course->begins + before * stretch;
    double to = from + parts[stage].length * stretch;
    bool last = stage + 1 == n_parts;
    double end = last ? course->ends : to; /* the last stage ends with the course to the bit */
    *studying = 0;
    *dropped = 0;
    if (time < from - SAME_DAY)
        return;
    if (time >= end - SAME_DAY) {
        *dropped = left * parts[stage].dropout;
        return;
    }
    *dropped = left * parts[stage].dropout * fmax(time - from, 0) / (to - from);
    *studying = left - *dropped;
}
