"""Times Python packages on ratings like those of `benches/statistics.rs`. Not part of CI; its packages are run, not copied.

    pip install krippendorff irrCAC statsmodels scikit-learn
    python benches/peers/agreement.py

Best of three, in milliseconds of wall time, from arrays in memory to the coefficient. The ratings have the same shape
and distribution as in the Rust bench, not the same bytes.
"""

import time
import warnings

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

warnings.filterwarnings("ignore")
CATEGORIES = np.arange(1.0, 6.0)


def ratings(subjects, raters, missing_percent):
    random = np.random.default_rng(7)
    truth = random.integers(1, 6, (subjects, 1))
    noise = random.integers(1, 6, (subjects, raters))
    table = np.where(random.random((subjects, raters)) < 0.6, truth, noise).astype(float)
    table[random.random((subjects, raters)) < missing_percent / 100] = np.nan
    return table


def best(work, rounds=3):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main():
    large = ratings(100_000, 50, 10)
    by_rater = np.ascontiguousarray(large.T)
    frame = pd.DataFrame(large)
    complete = ratings(100_000, 5, 0).astype(int)
    first, second = ratings(1_000_000, 2, 0).astype(int).T

    def alpha():
        krippendorff.alpha(reliability_data=by_rater, value_domain=CATEGORIES, level_of_measurement="ordinal")

    def ac2():
        CAC(frame.copy(), weights="quadratic", categories=list(CATEGORIES)).gwet()

    def fleiss():
        fleiss_kappa(aggregate_raters(complete)[0])

    def cohen():
        cohen_kappa_score(first, second, weights="quadratic")

    print("| what | package | ms |\n|---|---|---|")
    for what, package, work in [
        ("alpha, ordinal, 50 raters x 100,000, 10 % missing", "krippendorff", alpha),
        ("Gwet AC2 with error, 50 raters x 100,000, 10 % missing", "irrCAC", ac2),
        ("Fleiss without error, 5 raters x 100,000", "statsmodels", fleiss),
        ("Cohen, quadratic, 1,000,000 pairs", "scikit-learn", cohen),
    ]:
        print(f"| {what} | {package} | {best(work):.1f} |")


if __name__ == "__main__":
    main()
