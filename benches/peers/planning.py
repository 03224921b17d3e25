#!/usr/bin/env python3
"""Solve planning problems with CP-SAT or HiGHS through the time-indexed 0/1 model, for comparison.

usage: planning.py {cp-sat|highs} SECONDS INSTANCE.json...
needs: pip install ortools highspy
Prints one line per instance: name, status, value, bound, seconds.
"""
import json
import sys
import time


def build(inst, new, at_most, at_least, integer):
    """Adds the model through four callbacks; returns the terms of the objective."""
    weeks = inst["horizon_weeks"]
    acts = {a["id"]: a for a in inst["activities"]}
    objective, coach, shared = [], {}, []
    for person in inst["people"]:
        done = set(person.get("completed", []))
        x, load, cost = {}, {}, []
        for a in inst["activities"]:
            span = len(a["load"])
            first = max(1, a.get("earliest_week") or 1)
            last = min(weeks, a.get("latest_end_week") or weeks) - span + 1
            if a["id"] in done:
                continue
            for k in range(1, a["max_sessions"] + 1):
                x[a["id"], k] = {w: new() for w in range(first, last + 1)}
                at_most([(v, 1) for v in x[a["id"], k].values()], 1)
                for w, v in x[a["id"], k].items():
                    cost.append((v, a["cost"]))
                    for o, minutes in enumerate(a["load"]):
                        load.setdefault(w + o, []).append((v, minutes))
                    if a.get("coach"):
                        for o, minutes in enumerate(a["coach"]["load"]):
                            coach.setdefault((a["coach"]["pool"], w + o), []).append((v, minutes))

        def until(key, week, factor):
            return [(v, factor) for w, v in x.get(key, {}).items() if w <= week]

        for (aid, k), starts in x.items():
            before = [((aid, k - 1), max(1, acts[aid]["repeat_gap_weeks"]))] if k > 1 else [
                ((r, 1), len(acts[r]["load"])) for r in acts[aid].get("requires", []) if r not in done]
            for key, lag in before:
                for w in starts:
                    at_most(until((aid, k), w, 1) + until(key, w - lag, -1), 0)
        for w in range(1, weeks + 1):
            at_most(load.get(w, []), person["week_minutes_max"][w - 1])
            low = person.get("week_minutes_min")
            if low and low[w - 1]:
                at_least(load.get(w, []), low[w - 1])
        at_most([t for terms in load.values() for t in terms], person["total_minutes_max"])
        at_most(cost, person["cost_max"])
        shared += cost
        for m in person["mandatory"]:
            if m not in done:
                at_least([(v, 1) for v in x[m, 1].values()], 1)
        for group in inst["exclusive"]:
            at_most([(v, 1) for a in group if (a, 1) in x for v in x[a, 1].values()], 1)
        value = []
        for goal in person["goals"]:
            gap, due = goal["to"] - goal["from"], goal.get("due_week") or weeks
            if gap <= 0:
                continue
            credits = []
            for (aid, k), starts in x.items():
                for g in acts[aid]["gains"]:
                    if g["skill"] == goal["skill"]:
                        in_time = [v for w, v in starts.items() if w + len(acts[aid]["load"]) - 1 <= due]
                        credits += [(v, g["gain"][k - 1], g["ceiling"]) for v in in_time]
            for s in inst["synergies"]:
                if s["skill"] == goal["skill"] and all((a, 1) in x for a in s["activities"]):
                    both = new()
                    for a in s["activities"]:
                        in_time = [(v, -1) for w, v in x[a, 1].items() if w + len(acts[a]["load"]) - 1 <= due]
                        at_most([(both, 1)] + in_time, 0)
                    credits.append((both, s["bonus"], s["ceiling"]))
            y = integer(gap)
            for h in {goal["from"]} | {c for _, _, c in credits if goal["from"] < c < goal["to"]}:
                at_most([(y, 1)] + [(v, -g) for v, g, c in credits if c > h], h - goal["from"])
            value.append((y, goal["weight"]))
        if person.get("min_value"):
            at_least(value, person["min_value"])
        objective += value
    for pool in inst["coach_pools"]:
        for w in range(1, weeks + 1):
            at_most(coach.get((pool["id"], w), []), pool["week_minutes"][w - 1])
    if inst.get("shared_cost_max") is not None:
        at_most(shared, inst["shared_cost_max"])
    return objective


def cp_sat(inst, seconds):
    from ortools.sat.python import cp_model
    model = cp_model.CpModel()
    linear = lambda terms: sum(v * f for v, f in terms)
    objective = build(
        inst, lambda: model.new_bool_var(""),
        lambda terms, most: terms and model.add(linear(terms) <= most),
        lambda terms, least: model.add(linear(terms) >= least) if terms else model.add_bool_or([]),
        lambda most: model.new_int_var(0, most, ""))
    model.maximize(linear(objective))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return solver.status_name(status).lower(), round(solver.objective_value) if found else None, solver.best_objective_bound


def highs(inst, seconds):
    import highspy
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("time_limit", float(seconds))
    model.setOptionValue("mip_rel_gap", 0.0)
    linear = lambda terms: model.qsum(v * f for v, f in terms)
    objective = build(
        inst, model.addBinary,
        lambda terms, most: terms and model.addConstr(linear(terms) <= most),
        lambda terms, least: model.addConstr(linear(terms) >= least),
        lambda most: model.addVariable(0, most))
    model.maximize(linear(objective))
    info = model.getInfo()
    return model.modelStatusToString(model.getModelStatus()).lower(), round(info.objective_function_value), info.mip_dual_bound


def main(argv):
    if len(argv) < 4:
        print(__doc__)
        return 2
    solve = {"cp-sat": cp_sat, "highs": highs}[argv[1]]
    for path in argv[3:]:
        with open(path, encoding="utf-8") as file:
            inst = json.load(file)
        start = time.monotonic()
        print(inst["name"], *solve(inst, float(argv[2])), f"{time.monotonic() - start:.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
