//! How other systems compute their numbers, so that an adopter can reproduce old ones.
//!
//! Plain functions over decimals (`f64`), one module for each system, apart from [`Rubric`](crate::Rubric): what they
//! allow is wider than a rubric's bounds, and some of what they do is a defect that a rubric does not repeat. Each
//! says where its rule comes from, how it rounds, and when it has no answer (`None`): never NaN, never infinite.
//!
//! | module | system | what our own scoring does otherwise |
//! |---|---|---|
//! | [`moodle`] | rubric, marking guide and points rule of Moodle | no grade range; an exact score from 0 to 1 |
//! | [`canvas`] | outcome mastery in Canvas | one name for one formula; six decimals instead of two |
//! | [`ora2`] | open response assessments of Open edX | own ratings never count; nothing is not 0 |
//! | [`genesys`] | quality forms of Genesys Cloud | the weight of a group does not grow with its questions |
//! | [`zendesk`] | reviews of Zendesk QA | a concern beside the score, instead of a score of 0 |
//! | [`maestroqa`] | grader alignment of MaestroQA | agreement per criterion, corrected for chance |
//! | [`frappe`] | appraisals of Frappe HR | a missing part lowers coverage, not the score |
//! | [`sakai`] | weighted rubrics of Sakai | nothing is rounded before it is summed |
//! | [`odoo`] | match of skills in Odoo | surplus in one skill fills no hole in another |
//! | [`memberjunction`] | rubrics of MemberJunction | "not applicable" cannot dodge a critical item |

pub mod canvas;
pub mod frappe;
pub mod genesys;
pub mod maestroqa;
pub mod memberjunction;
pub mod moodle;
pub mod odoo;
pub mod ora2;
pub mod sakai;
pub mod zendesk;

use crate::value::Rounding;

/// `number` with `places` decimals, as binary floating point allows.
fn rounded(number: f64, places: i32, rounding: Rounding) -> f64 {
    let scale = 10_f64.powi(places);
    let scaled = number * scale;
    let whole = match rounding {
        Rounding::HalfAwayFromZero => scaled.round(),
        Rounding::HalfEven => scaled.round_ties_even(),
        Rounding::TowardsZero => scaled.trunc(),
        Rounding::Up => scaled.ceil(),
    };
    whole / scale
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// `part / whole`; `None` unless the whole is positive and all three are finite.
fn ratio(part: f64, whole: f64) -> Option<f64> {
    if whole > 0.0 { finite(whole).and_then(|whole| finite(part / whole)) } else { None }
}

fn mean(numbers: &[f64]) -> Option<f64> {
    ratio(numbers.iter().sum(), numbers.len() as f64)
}
