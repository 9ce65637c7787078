"""Builds national_2060.csv: Denmark by year and four age groups, 2010-2060, from the published numbers of every tenth year.

The years between are on a straight line between the two that are published, group by group, in whole persons.

    /usr/bin/python3 data/denmark/national_2060_build.py > data/denmark/national_2060.csv
"""

import sys

GROUPS = ((0, 19), (20, 64), (65, 79), (80, ""))
# Persons by group, as printed in a presentation of 2019 to KKR Syddanmark on the population 2010-2060.
PUBLISHED = {2010: (1350998, 3273643, 690960, 228218), 2020: (1298130, 3377891, 883736, 271219),
             2030: (1322481, 3389358, 937344, 424557), 2040: (1420913, 3294629, 1035103, 496037),
             2050: (1408406, 3397979, 938130, 606225), 2060: (1415242, 3469094, 953004, 640822)}


def rows(folder):
    """The table, cell by cell; the folder is not needed."""
    del folder
    yield ["year", "age_from", "age_to", "persons", "status"]
    for year in range(min(PUBLISHED), max(PUBLISHED) + 1):
        decade, part = year - year % 10, year % 10
        for group, (first, last) in enumerate(GROUPS):
            now, then = PUBLISHED[decade][group], PUBLISHED.get(decade + 10, PUBLISHED[decade])[group]
            persons = (now * (10 - part) + then * part + 5) // 10
            yield [str(year), str(first), str(last), str(persons), "interpolated" if part else "published"]


if __name__ == "__main__":
    sys.stdout.writelines(",".join(cells) + "\n" for cells in rows(None))
