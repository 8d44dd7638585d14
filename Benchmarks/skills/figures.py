"""What is measured of a replication, and the confidence interval over replications."""

import math

CONFIDENCE = 0.99


def of_replication(scenario, calls, warm_up):
    """`calls`: (type, wait, agent, begin, end) in order of arrival, minutes; the first `warm_up` of them are left out."""
    counted = calls[warm_up:]
    figures = {}
    for kind in scenario.types:
        waits = [wait for name, wait, _, _, _ in counted if name == kind.name]
        figures[f"{kind.name} waits at all"] = sum(wait > 0 for wait in waits) / len(waits)
        figures[f"{kind.name} mean wait, min"] = sum(waits) / len(waits)
    # The share of the time between the first and the last beginning that is counted.
    begin, end = min(call[3] for call in counted), max(call[3] for call in counted)
    agents = scenario.agents()
    for group in scenario.groups:
        busy = sum(max(0, min(last, end) - max(first, begin)) for _, _, agent, first, last in calls
                   if agents[agent].name == group.name)
        figures[f"{group.name} busy"] = busy / (end - begin) / group.agents
    return figures


def interval(values):
    """(mean, half the width) by Student's distribution over independent replications."""
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, quantile(len(values) - 1) * math.sqrt(variance / len(values))


def quantile(freedom):
    low, high = 0.0, 1000.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle, freedom) < CONFIDENCE else (low, middle)
    return low


def within(t, freedom):
    """Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(freedom))
    square = math.cos(angle) ** 2
    odd = freedom % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0 if freedom == 1 else term
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= square * (step - 1) / step
        total += term
    return 2 / math.pi * (angle + math.sin(angle) * total) if odd else math.sin(angle) * total
