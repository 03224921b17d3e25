use super::ordered::{put_back, smallest_first};
use crate::statistics::DataError;

/// Adjusts p values so that not even one false claim is likely, by Holm's method.
///
/// - *Answers*: which of many claims hold, when even one false claim is an error? Claim those whose adjusted p value is at
///   most the error rate that you accept for all of them together.
/// - *Assumes*: each p value is valid by itself. They may depend on each other in any way.
/// - *Formula*: of m p values the one at rank i, the smallest first, becomes the largest of min(1, (m − j + 1)·p₍ⱼ₎) over
///   j ≤ i.
/// - *Undefined when*: never; no p values give none.
/// - *Reference*: Holm 1979, Scandinavian J. Statistics 6:65.
/// - *Checked against*: the fifteen p values of Benjamini and Hochberg 1995, three of which it claims; numbers by hand.
///
/// Results are in the order given.
///
/// ```
/// use service_excellence::statistics::holm;
///
/// let adjusted = holm(&[0.01, 0.04, 0.02])?;
/// let shown: Vec<String> = adjusted.iter().map(|p| format!("{p:.2}")).collect();
/// assert_eq!(shown, ["0.03", "0.04", "0.04"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A p value is not a number from 0 to 1; the error names its position, counted from 1.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, DataError> {
    let order = smallest_first(p_values)?;
    let mut highest = 0.0_f64;
    let adjusted: Vec<f64> = order
        .iter()
        .enumerate()
        .map(|(below, index)| {
            let remaining = (p_values.len() - below) as f64;
            let own = p_values.get(*index).copied().unwrap_or(1.0) * remaining;
            highest = highest.max(own.min(1.0));
            highest
        })
        .collect();
    Ok(put_back(&order, adjusted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{benjamini_hochberg, benjamini_yekutieli};
    use crate::value::RandomStream;

    /// The fifteen p values of Benjamini and Hochberg 1995, section 4.
    const MYOCARDIAL: [f64; 15] = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ];

    fn claims(adjusted: &[f64]) -> usize {
        adjusted.iter().filter(|p| **p <= 0.05).count()
    }

    #[test]
    fn the_paper_of_benjamini_and_hochberg_has_three_claims_by_bonferroni_and_four_by_theirs() {
        assert_eq!(claims(&holm(&MYOCARDIAL).unwrap()), 3);
        assert_eq!(claims(&benjamini_hochberg(&MYOCARDIAL).unwrap()), 4);
        assert_eq!(claims(&benjamini_yekutieli(&MYOCARDIAL).unwrap()), 3);
    }

    /// By hand: 5 · 0.01, 4 · 0.02, 3 · 0.03, then never less than before.
    #[test]
    fn a_step_down_never_falls() {
        let adjusted = holm(&[0.05, 0.01, 0.04, 0.02, 0.03]).unwrap();
        for (found, expected) in adjusted.iter().zip([0.09, 0.05, 0.09, 0.08, 0.09]) {
            assert!((found - expected).abs() < 1e-15, "{adjusted:?}");
        }
    }

    #[test]
    fn no_p_values_give_none_and_what_is_no_p_value_is_named() {
        assert_eq!(holm(&[]).unwrap(), [0.0; 0]);
        for wrong in [-0.1, 1.1, f64::NAN] {
            assert!(holm(&[0.5, wrong]).unwrap_err().to_string().contains("at position 2"));
            assert!(benjamini_hochberg(&[wrong]).is_err() && benjamini_yekutieli(&[wrong]).is_err());
        }
    }

    #[test]
    fn adjusting_keeps_the_order_and_lies_between_each_alone_and_bonferroni() {
        let mut random = RandomStream::new(7, 0);
        for count in (1..40).cycle().take(400) {
            let p_values: Vec<f64> = (0..count).map(|_| (random.next() >> 11) as f64 / (1_u64 << 53) as f64).collect();
            let methods = [holm, benjamini_hochberg, benjamini_yekutieli].map(|method| method(&p_values).unwrap());
            let [strict, discoveries, dependent] = &methods;
            for (index, one) in p_values.iter().enumerate() {
                assert!(strict[index] >= *one && strict[index] <= (f64::from(count) * one).min(1.0) + 1e-12);
                assert!(discoveries[index] >= *one && discoveries[index] <= strict[index] + 1e-12);
                assert!(dependent[index] >= discoveries[index] && dependent[index] <= 1.0);
                for (other, two) in p_values.iter().enumerate() {
                    assert!(one > two || methods.iter().all(|adjusted| adjusted[index] <= adjusted[other]));
                }
            }
        }
    }
}
