"""The data of `benches/reliability.rs`, through Python programs. Not part of the checks.

Install the packages numpy, pandas, pingouin and statsmodels, then run this file.
"""

import time

import numpy as np
import pandas as pd
import pingouin
import statsmodels.formula.api as formula

SUBJECTS, RATERS, GROUPS, GROUP_SIZE = 20_000, 5, 500, 20


def measurements(subjects, raters):
    """Subject + rater + error from the sequence of the bench."""
    state = 1

    def following():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 11) / 2**53

    offsets = [following() for _ in range(raters)]
    rows = []
    for _ in range(subjects):
        subject = 2.0 * following()
        rows.append([subject + offset + following() for offset in offsets])
    return np.array(rows)


def timed(name, work, turns):
    best, result = float("inf"), None
    for _ in range(turns):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    print(f"{name:<42} {best * 1e3:10.3f} ms {result:14.9f}")


def main():
    table = measurements(SUBJECTS, RATERS)
    long = pd.DataFrame(
        {
            "subject": np.repeat(np.arange(SUBJECTS), RATERS),
            "rater": np.tile(np.arange(RATERS), SUBJECTS),
            "value": table.ravel(),
        }
    )
    wide = pd.DataFrame(table)
    groups = pd.DataFrame(
        {"group": np.repeat(np.arange(GROUPS), GROUP_SIZE), "value": measurements(GROUPS, GROUP_SIZE).ravel()}
    )
    timed("six ICC, pingouin", lambda: pingouin.intraclass_corr(long, "subject", "rater", "value")["ICC"].sum(), 3)
    timed("Cronbach's alpha, pingouin", lambda: pingouin.cronbach_alpha(wide)[0], 5)

    def one_way():
        fit = formula.mixedlm("value ~ 1", groups, groups=groups["group"]).fit(reml=True)
        return float(fit.cov_re.iloc[0, 0])

    timed("one-way REML, statsmodels", one_way, 1)


if __name__ == "__main__":
    main()
