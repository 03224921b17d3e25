//! Stuart 1953, Biometrika 40:105: unaided distance vision of both eyes of 7,477 women.

use service_excellence::statistics::{Categories, ConfidenceLevel, PairedRatings, Weights, cohen_kappa};

use crate::assert_near;

#[test]
fn vision_has_the_known_kappas() {
    let counts = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]];
    let eyes = PairedRatings::from_counts(Categories::numbered(1, 4).unwrap(), &counts).unwrap();
    // As printed by `kappa2` of the R package irr.
    for (weights, printed) in [(Weights::identity(), 0.595), (Weights::linear(), 0.652), (Weights::quadratic(), 0.702)]
    {
        let kappa = cohen_kappa(&eyes, &weights, ConfidenceLevel::NINETY_FIVE).unwrap();
        assert_near(kappa.value(), printed, 0.000_51);
        assert_eq!(kappa.counts().subjects(), 7_477);
    }
}
