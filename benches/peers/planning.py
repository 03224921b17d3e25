#!/usr/bin/env python3
"""Solve planning problems with CP-SAT or HiGHS, for comparison with `cargo bench --bench planning` on the same files.

    pip install ortools highspy
    cargo bench --bench planning -- --write FOLDER > ours.md
    python benches/peers/planning.py cp-sat time-indexed FOLDER/*.json > cp-sat.md
    python benches/peers/planning.py table ours.md cp-sat.md

usage: planning.py {cp-sat|highs} {time-indexed|milestones|patterns} [--seconds 60] PROBLEM.json...
       planning.py table FILE...

* time-indexed: a variable per session and week.
* milestones: what has ended by each due week. Not every choice can be placed in weeks: the best value is only a bound.
* patterns: milestones with a column per way to fill a week, as in the crate before schedules and cuts; a bound too.

One thread each. Times are processor seconds of the process, from the finished model on.
A cell such as `2311 to 2400 at 1.01 s; 2364 in 1.87 s` gives value and bound after a second, and when the value was
proven. HiGHS tells what it knows now and then only: such a time is that of its first word after the checkpoint.
`table` puts the columns of several such outputs together, by problem: first what finds plans, then what gives bounds.
"""
import collections
import importlib.metadata
import itertools
import json
import math
import re
import sys
import threading
import time

CHECKPOINTS = (1, 10)
PATTERN_COLUMNS = 1500


class Session:
    """One session of one person: `number` from 0, the weeks (from 1) between which it can end, what comes before."""

    def __init__(self, person, activity, number, first_end, last_end):
        self.person, self.activity, self.number = person, activity, number
        self.first_end, self.last_end = first_end, last_end
        self.span = len(activity["load"])
        self.before = []
        self.ends = []

    def earliest(self, offset):
        return self.first_end - self.span + 1 + offset


def sessions_of(inst):
    pools = {pool["id"]: pool["week_minutes"] for pool in inst.get("coach_pools", [])}
    sessions = []
    for place, person in enumerate(inst["people"]):
        done, own = set(person.get("completed", [])), {}
        for activity in inst["activities"]:
            loads = [(activity["load"], person["week_minutes_max"])]
            if activity.get("coach"):
                loads.append((activity["coach"]["load"], pools[activity["coach"]["pool"]]))
            span = len(activity["load"])
            last = min(inst["horizon_weeks"], activity.get("latest_end_week") or inst["horizon_weeks"])
            ends = [
                start + span - 1 for start in range(activity.get("earliest_week") or 1, last - span + 2)
                if all(one <= most for load, room in loads for one, most in zip(load, room[start - 1:]))]
            for number in range(0 if activity["id"] in done else activity["max_sessions"]):
                session = Session(place, activity, number, *((ends[0], ends[-1]) if ends else (1, 0)))
                own[activity["id"], number] = session
                sessions.append(session)
        for (name, number), session in own.items():
            if number:
                session.before = [(own[name, number - 1], max(1, session.activity["repeat_gap_weeks"]))]
            else:
                required = [one for one in session.activity.get("requires", []) if one not in done]
                session.before = [(own[one, 0], session.span) for one in required]
    changes = True
    while changes:
        changes = False
        for session in sessions:
            for before, weeks in session.before:
                first = before.first_end + weeks if before.first_end <= before.last_end else math.inf
                if first > session.first_end:
                    session.first_end, changes = first, True
    return sessions


class Model:
    def __init__(self, inst, form, solver):
        self.inst, self.form, self.solver = inst, form, solver
        self.weeks = inst["horizon_weeks"]
        self.sessions = sessions_of(inst)
        self.milestones = []
        for person in inst["people"]:
            dues = {goal.get("due_week") or self.weeks for goal in person["goals"] if goal["to"] > goal["from"]}
            self.milestones.append(sorted(dues | {self.weeks}))
        for session in self.sessions:
            self.add_ends(session)
        for session in self.sessions:
            self.add_order(session)
        self.add_budgets()
        self.add_goals()
        for pieces, most, least in self.rooms():
            self.fill(pieces, most, least)
        if form == "patterns":
            for weekly in self.weekly():
                self.add_patterns(*weekly)

    def add_ends(self, session):
        if self.form == "time-indexed":
            weeks = range(session.first_end, session.last_end + 1) if session.first_end <= session.last_end else []
            session.ends = [(week, self.solver.binary()) for week in weeks]
            self.at_most([(variable, 1) for _, variable in session.ends], 1)
            return
        if session.first_end > session.last_end:
            return
        for week in self.milestones[session.person]:
            if week < session.first_end:
                continue
            if session.ends and session.ends[-1][0] >= session.last_end:
                break
            variable = self.solver.binary()
            if session.ends:
                self.at_most([(session.ends[-1][1], 1), (variable, -1)], 0)
            session.ends.append((week, variable))

    def ended_by(self, session, week, factor=1):
        ends = [(variable, factor) for end, variable in session.ends if end <= week]
        return ends if self.form == "time-indexed" else ends[-1:]

    def chosen(self, session, factor=1):
        return self.ended_by(session, self.weeks, factor)

    def at_most(self, terms, most):
        self.solver.row(terms, None, most)

    def at_least(self, terms, least):
        self.solver.row(terms, least, None)

    def add_order(self, session):
        for before, weeks in session.before:
            for end, _ in session.ends:
                by = min(end, session.last_end) - weeks
                if self.form != "time-indexed":
                    by = next(week for week in self.milestones[session.person] if week >= by)
                self.at_most(self.ended_by(session, end) + self.ended_by(before, by, -1), 0)

    def sum(self, sessions, of):
        return [term for session in sessions for term in self.chosen(session, of(session.activity))]

    def add_budgets(self):
        for place, person in enumerate(self.inst["people"]):
            own = [session for session in self.sessions if session.person == place]
            firsts = {session.activity["id"]: session for session in own if session.number == 0}
            self.at_most(self.sum(own, lambda one: sum(one["load"])), person["total_minutes_max"])
            self.at_most(self.sum(own, lambda one: one["cost"]), person["cost_max"])
            for name in person.get("mandatory", []):
                if name in firsts:
                    self.at_least(self.chosen(firsts[name]), 1)
            for group in self.inst.get("exclusive", []):
                self.at_most([term for name in group if name in firsts for term in self.chosen(firsts[name])], 1)
        if self.inst.get("shared_cost_max") is not None:
            self.at_most(self.sum(self.sessions, lambda one: one["cost"]), self.inst["shared_cost_max"])

    def add_goals(self):
        objective = []
        for place, person in enumerate(self.inst["people"]):
            own = [session for session in self.sessions if session.person == place]
            value = []
            for goal in person["goals"]:
                if goal["to"] > goal["from"]:
                    value.append((self.add_goal(goal, self.credits(own, goal)), goal["weight"]))
            if person.get("min_value"):
                self.at_least(value, person["min_value"])
            objective += value
        self.solver.maximise(objective)

    def credits(self, own, goal):
        due, credits = goal.get("due_week") or self.weeks, []
        firsts = {session.activity["id"]: session for session in own if session.number == 0}
        for session in own:
            for gain in session.activity["gains"]:
                if gain["skill"] == goal["skill"]:
                    credits.append((self.ended_by(session, due), gain["gain"][session.number], gain["ceiling"]))
        for synergy in self.inst.get("synergies", []):
            if synergy["skill"] == goal["skill"] and all(name in firsts for name in synergy["activities"]):
                together = self.solver.binary()
                for name in synergy["activities"]:
                    self.at_most([(together, 1)] + self.ended_by(firsts[name], due, -1), 0)
                credits.append(([(together, 1)], synergy["bonus"], synergy["ceiling"]))
        return credits

    def add_goal(self, goal, credits):
        closed = self.solver.amount(goal["to"] - goal["from"])
        levels = {goal["from"]} | {ceiling for *_, ceiling in credits if goal["from"] < ceiling < goal["to"]}
        for level in sorted(levels):
            above = [(terms, gain) for terms, gain, ceiling in credits if ceiling > level]
            terms = [(variable, -factor * gain) for one, gain in above for variable, factor in one]
            self.at_most([(closed, 1)] + terms, level - goal["from"])
        return closed

    def rooms(self):
        """Minutes (session, week of the session, minutes) with the most and the least per week, of people and pools."""
        for place, person in enumerate(self.inst["people"]):
            own = [session for session in self.sessions if session.person == place]
            pieces = [(one, offset, minutes) for one in own for offset, minutes in enumerate(one.activity["load"])]
            yield pieces, person["week_minutes_max"], person.get("week_minutes_min") or []
        for pool in self.inst.get("coach_pools", []):
            yield self.coached(pool["id"]), pool["week_minutes"], []

    def coached(self, pool):
        own = [one for one in self.sessions if (one.activity.get("coach") or {}).get("pool") == pool]
        return [(one, offset, minutes) for one in own for offset, minutes in enumerate(one.activity["coach"]["load"])]

    def fill(self, pieces, most, least):
        if self.form == "time-indexed":
            weeks = [[] for _ in most]
            for session, offset, minutes in pieces:
                for end, variable in session.ends:
                    weeks[end - session.span + offset].append((variable, minutes))
            for week, terms in enumerate(weeks):
                self.solver.row(terms, least[week] if least and least[week] else None, most[week])
            return
        milestones = sorted({week for session, *_ in pieces for week in self.milestones[session.person]})
        for after in [0] + milestones:
            late = [piece for piece in pieces if piece[0].earliest(piece[1]) > after]
            for until in (week for week in milestones if week > after):
                terms = [term for session, _, minutes in late for term in self.ended_by(session, until, minutes)]
                room = sum(most[after:until])
                if sum(minutes for _, minutes in terms) > room:
                    self.at_most(terms, room)
        if any(least):
            self.at_least([term for one, _, minutes in pieces for term in self.chosen(one, minutes)], sum(least))

    def weekly(self):
        """Weeks to fill: of each person with the pools drawn from, and of each pool that several people draw from."""
        pools = {pool["id"]: pool["week_minutes"] for pool in self.inst.get("coach_pools", [])}
        for place, person in enumerate(self.inst["people"]):
            own = [session for session in self.sessions if session.person == place and session.ends]
            names = sorted({one.activity["coach"]["pool"] for one in own if one.activity.get("coach")})
            rooms = list(zip(person["week_minutes_max"], *(pools[name] for name in names)))
            pieces = []
            for session in own:
                coach = session.activity.get("coach") or {"pool": None}
                for offset, minutes in enumerate(session.activity["load"]):
                    taken = [coach["load"][offset] if coach["pool"] == name else 0 for name in names]
                    pieces.append((session, offset, (minutes, *taken)))
            yield pieces, rooms, self.milestones[place]
        for name, minutes in pools.items():
            pieces = [(one, offset, (taken,)) for one, offset, taken in self.coached(name) if one.ends]
            people = {session.person for session, *_ in pieces}
            if len(people) > 1:
                weeks = sorted({week for person in people for week in self.milestones[person]})
                yield pieces, [(one,) for one in minutes], weeks

    def add_patterns(self, pieces, rooms, milestones):
        segment_of = [next(place for place, last in enumerate(milestones) if week < last) for week in range(self.weeks)]
        kinds = collections.defaultdict(lambda: [0] * len(milestones))
        for week, room in enumerate(rooms):
            kinds[room][segment_of[week]] += 1
        columns = sum(1 for counts in kinds.values() for count in counts if count)
        found = classify(pieces, kinds, min(600, max(30, PATTERN_COLUMNS // max(1, columns))))
        if found is None:
            return
        coarse, classes, fillings = found
        supply = collections.defaultdict(list)
        for (_, counts), patterns in zip(kinds.items(), fillings):
            for segment, count in enumerate(counts):
                if not count:
                    continue
                uses = [self.solver.amount(count) for _ in patterns]
                self.at_most([(use, 1) for use in uses], count)
                for use, pattern in zip(uses, patterns):
                    for place, times in enumerate(pattern):
                        if times:
                            supply[place, segment].append((use, -times))
        for place, (size, _) in enumerate(classes):
            own = [(session, offset) for session, offset, one in pieces if coarse(one) == size]
            for end in range(len(milestones)):
                known = None
                for start in range(end, -1, -1):
                    first = milestones[start - 1] + 1 if start else 1
                    late = [session for session, offset in own if session.earliest(offset) >= first]
                    demand = [term for session in late for term in self.ended_by(session, milestones[end])]
                    if not demand or demand == known:
                        continue
                    known = demand
                    self.at_most(demand + [term for one in range(start, end + 1) for term in supply[place, one]], 0)


def classify(pieces, kinds, limit):
    """Classes of pieces that take the same, coarser until the ways to fill a week are few enough."""
    for unit in (1, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180):
        coarse = lambda size, unit=unit: tuple(one // unit * unit for one in size)
        counts = collections.Counter(coarse(size) for *_, size in pieces if any(coarse(size)))
        classes = sorted(counts.items(), reverse=True)
        fillings = [patterns(classes, room, limit) for room in kinds]
        if None not in fillings:
            return coarse, classes, fillings
    return None


def patterns(classes, room, limit):
    """All maximal ways to fill a week, as counts per class; None when there are more than `limit`."""
    found, counts, steps = [], [0] * len(classes), itertools.count()

    def fill(place, left):
        if len(found) > limit or next(steps) > 100 * limit:
            return False
        if place == len(classes):
            rest = (count < most and all(map(int.__le__, size, left)) for count, (size, most) in zip(counts, classes))
            if not any(rest):
                found.append(list(counts))
            return True
        size, most = classes[place]
        most = min([most] + [room // one for room, one in zip(left, size) if one])
        for count in range(most, -1, -1):
            counts[place] = count
            if not fill(place + 1, tuple(room - count * one for room, one in zip(left, size))):
                return False
        counts[place] = 0
        return True

    return found if fill(0, room) else None


class Watch:
    """Processor time since the start, and what is known at the checkpoints."""

    def __init__(self, limit):
        self.limit, self.start = limit, time.process_time()
        self.value, self.upper, self.checkpoints = None, None, []
        self.open = [one for one in CHECKPOINTS if one < limit]

    def seconds(self):
        return time.process_time() - self.start

    def look(self):
        """Writes down what is known if it is time to; says whether the time is up."""
        seconds = self.seconds()
        while self.open and seconds >= self.open[0]:
            self.checkpoints.append((seconds, self.value, self.upper))
            self.open.pop(0)
        return seconds >= self.limit


class CpSat:
    name, package = "CP-SAT", "ortools"

    def __init__(self):
        from ortools.sat.python import cp_model
        self.library, self.model = cp_model, cp_model.CpModel()

    def binary(self):
        return self.model.new_bool_var("")

    def amount(self, most):
        return self.model.new_int_var(0, most, "")

    def linear(self, terms):
        return self.library.LinearExpr.weighted_sum([one for one, _ in terms], [factor for _, factor in terms])

    def row(self, terms, low, high):
        if terms or (low or 0) > 0:
            low, high = (-(2**40) if low is None else low), (2**40 if high is None else high)
            self.model.add_linear_constraint(self.linear(terms), low, high)

    def maximise(self, terms):
        self.model.maximize(self.linear(terms))

    def solve(self, limit):
        solver = self.library.CpSolver()
        solver.parameters.num_workers = 1
        watch = Watch(limit)

        class Found(self.library.CpSolverSolutionCallback):
            def on_solution_callback(self):
                watch.value = round(self.objective_value)

        def bound(upper):
            watch.upper = math.floor(upper + 0.001)

        def guard():
            while not done.wait(0.005):
                if watch.look():
                    solver.stop_search()

        solver.best_bound_callback, done = bound, threading.Event()
        guardian = threading.Thread(target=guard)
        guardian.start()
        status = solver.solve(self.model, Found())
        seconds = watch.seconds()
        done.set()
        guardian.join()
        if status in (self.library.OPTIMAL, self.library.FEASIBLE):
            watch.value, watch.upper = round(solver.objective_value), math.floor(solver.best_objective_bound + 0.001)
        endings = {self.library.OPTIMAL: "proven", self.library.INFEASIBLE: "infeasible"}
        return watch, seconds, endings.get(status, "open")


class Highs:
    name, package = "HiGHS", "highspy"

    def __init__(self):
        import highspy
        self.library, self.model = highspy, highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        # The value is a whole number: a bound that is less than one unit above proves it.
        self.model.setOptionValue("mip_rel_gap", 0.0)
        self.model.setOptionValue("mip_abs_gap", 0.9)
        self.count = 0

    def column(self, most):
        self.model.addVar(0.0, float(most))
        self.count += 1
        return self.count - 1

    def binary(self):
        column = self.column(1)
        self.model.changeColIntegrality(column, self.library.HighsVarType.kInteger)
        return column

    def amount(self, most):
        return self.column(most)

    def row(self, terms, low, high):
        sums = collections.defaultdict(float)
        for column, factor in terms:
            sums[column] += factor
        if sums or (low or 0) > 0:
            infinity = self.library.kHighsInf
            low, high = (-infinity if low is None else float(low)), (infinity if high is None else float(high))
            self.model.addRow(low, high, len(sums), list(sums), list(sums.values()))

    def maximise(self, terms):
        self.model.changeObjectiveSense(self.library.ObjSense.kMaximize)
        for column, factor in terms:
            self.model.changeColCost(column, float(factor))

    def solve(self, limit):
        watch = Watch(limit)

        def note(value, upper):
            watch.value = round(value) if abs(value) < 1e20 else None
            watch.upper = math.floor(upper + 0.001) if abs(upper) < 1e20 else None

        def guard(event):
            note(event.data_out.mip_primal_bound, event.data_out.mip_dual_bound)
            event.data_in.user_interrupt = watch.look()

        self.model.cbMipInterrupt += guard
        self.model.run()
        seconds = watch.seconds()
        status, kinds = self.model.getModelStatus(), self.library.HighsModelStatus
        if status == kinds.kInfeasible:
            return watch, seconds, "infeasible"
        info = self.model.getInfo()
        note(info.objective_function_value if info.primal_solution_status else math.inf, info.mip_dual_bound)
        return watch, seconds, "proven" if status == kinds.kOptimal else "open"


def shown(seconds):
    return "< 0.01 s" if seconds < 0.01 else f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"


def cell(watch, seconds, ending):
    known = lambda value, upper: f"{'?' if value is None else value} to {'?' if upper is None else upper}"
    parts = [f"{known(value, upper)} at {shown(at)}" for at, value, upper in watch.checkpoints]
    last = {"proven": f"{watch.value} in", "infeasible": "infeasible in"}
    last = last.get(ending) or f"{known(watch.value, watch.upper)} at"
    return "; ".join(parts + [f"{last} {shown(seconds)}"])


def solve_all(solver, form, seconds, paths):
    version = importlib.metadata.version(solver.package)
    print(f"| problem | {solver.name} {version}, {form} |\n|---|---|", flush=True)
    for path in paths:
        with open(path, encoding="utf-8") as file:
            inst = json.load(file)
        if inst["objective"] != "sum":
            print(f"| {inst['name']} | not run |", flush=True)
            continue
        model = Model(inst, form, solver())
        print(f"| {inst['name']} | {cell(*model.solver.solve(seconds))} |", flush=True)


def table(paths):
    columns = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            lines = [[one.strip() for one in line.strip()[1:-1].split("|")] for line in file if line.startswith("| ")]
        for place, name in enumerate(lines[0]):
            columns.setdefault(name, {}).update((line[0], line[place]) for line in lines[1:])
    problems = columns["problem"]
    bounds = [name for name in columns if name.endswith(("milestones", "patterns"))]
    plans = [name for name in columns if name not in bounds]
    for model in ("milestones", "patterns", None):
        agree([columns[name] for name in columns if (name.endswith(model) if model else name in plans)], problems)
    for names in (plans, ["problem", "this crate"] + bounds):
        print("|", " | ".join(names), "|")
        print("|" + " --- |" * len(names))
        for problem in problems:
            print("|", " | ".join(columns.get(name, {}).get(problem, "") for name in names), "|")
        counts = [sum(proven(cell) is not None for cell in columns.get(name, {}).values()) or "" for name in names]
        print("|", " | ".join(map(str, ["closed"] + counts[1:])), "|\n")


def proven(cell):
    found = re.search(r"(?:^|; )(\d+) in ", cell)
    return int(found[1]) if found else None


def agree(columns, problems):
    """All proofs of one problem and model give the same value."""
    for problem in problems:
        values = {proven(column.get(problem, "")) for column in columns} - {None}
        if len(values) > 1:
            sys.exit(f"two proofs of {problem}: {values}")


def main(argv):
    if argv[1:2] == ["table"]:
        return table(argv[2:])
    seconds = 60.0
    if "--seconds" in argv:
        place = argv.index("--seconds")
        seconds, argv = float(argv[place + 1]), argv[:place] + argv[place + 2:]
    if len(argv) < 4 or argv[1] not in ("cp-sat", "highs") or argv[2] not in ("time-indexed", "milestones", "patterns"):
        print(__doc__)
        return 2
    return solve_all({"cp-sat": CpSat, "highs": Highs}[argv[1]], argv[2], seconds, argv[3:])


if __name__ == "__main__":
    sys.exit(main(sys.argv))
