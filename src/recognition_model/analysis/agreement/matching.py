"""Match the items of two lists at the lowest total cost, one to one or not at all.

The Hungarian method with shortest augmenting paths (Kuhn 1955, Munkres 1957; Jonker and Volgenant
1987). Costs are whole numbers of any size, so several criteria fit into one of them and no
rounding decides a match.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Cell = tuple[int, int]


def cheapest_matching(gains: Mapping[Cell, int]) -> dict[int, int]:
    """Match rows to columns so that the sum of the costs is the lowest.

    `gains` has the cost of each pair that may be matched, against both staying alone; a row stays
    alone unless a match lowers the sum.
    """
    matched: dict[int, int] = {}
    for rows, columns in _parts(gains):
        table = [[gains.get((row, column)) for column in columns] for row in rows]
        matched |= {rows[i]: columns[j] for i, j in _assigned(table)}
    return matched


def equal_items(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """Match equal items of two lists, the first of them with the first, the second with the second.

    Returns the place in `b` by the place in `a`.
    """
    places: dict[str, list[int]] = {}
    for j, item in enumerate(b):
        places.setdefault(item, []).append(j)
    return {i: places[item].pop(0) for i, item in enumerate(a) if places.get(item)}


def _parts(cells: Mapping[Cell, int]) -> Iterator[tuple[list[int], list[int]]]:
    """Split the pairs into parts that share no row and no column."""
    of_row: dict[int, set[int]] = {}
    of_column: dict[int, set[int]] = {}
    for row, column in cells:
        of_row.setdefault(row, set()).add(column)
        of_column.setdefault(column, set()).add(row)
    left = set(of_row)
    while left:
        rows: set[int] = set()
        columns: set[int] = set()
        reached = {min(left)}
        while reached:
            rows |= reached
            new = set().union(*(of_row[row] for row in reached)) - columns
            columns |= new
            reached = set().union(*(of_column[column] for column in new)) - rows
        left -= rows
        yield sorted(rows), sorted(columns)


def _assigned(table: Sequence[Sequence[int | None]]) -> Iterator[Cell]:
    """Assign each row a column, or one of its own that costs nothing; give the former."""
    rows, width = len(table), len(table[0])
    none = 1 + sum(abs(cost) for line in table for cost in line if cost is not None)
    costs = [
        [none if cost is None else cost for cost in line]
        + [0 if i == j else none for j in range(rows)]
        for i, line in enumerate(table)
    ]
    total = width + rows
    infinite = none * (2 * total + 2)
    row_price, column_price = [0] * (rows + 1), [0] * (total + 1)
    holder = [0] * (total + 1)  # the row, from 1, of each column; column 0 holds the new row
    for row in range(1, rows + 1):
        holder[0] = row
        least, before = [infinite] * (total + 1), [0] * (total + 1)
        seen = [False] * (total + 1)
        at = 0
        while holder[at]:
            seen[at] = True
            current, step, following = holder[at], infinite, 0
            for column in range(1, total + 1):
                if seen[column]:
                    continue
                cost = costs[current - 1][column - 1] - row_price[current] - column_price[column]
                if cost < least[column]:
                    least[column], before[column] = cost, at
                if least[column] < step:
                    step, following = least[column], column
            for column in range(total + 1):
                if seen[column]:
                    row_price[holder[column]] += step
                    column_price[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            holder[at] = holder[before[at]]
            at = before[at]
    for column in range(1, width + 1):
        if holder[column]:
            yield holder[column] - 1, column - 1
