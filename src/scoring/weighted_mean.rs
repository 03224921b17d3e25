//! The mean of the skills, as one exact fraction.

use std::ops::{Add, Mul};

use super::table::CompiledSkill;
use crate::framework::{Skill, SkillMap};

/// What one skill brings to a weighted mean, as a fraction.
pub(super) struct Part {
    pub(super) numerator: u64,
    pub(super) denominator: u64,
}

/// `Σ W·(n/d)` over `Σ W · unit`, both times the product of all denominators; `None` without parts.
pub(super) fn weighted_mean<N>(
    skills: &SkillMap<CompiledSkill>,
    part: impl Fn(Skill) -> Option<Part>,
    unit: u64,
) -> Option<(N, N)>
where
    N: Copy + From<u64> + Add<Output = N> + Mul<Output = N>,
{
    let (mut numerator, mut product, mut weights) = (N::from(0), N::from(1), 0);
    for (skill, compiled) in skills.iter() {
        if let Some(part) = part(skill) {
            let denominator = N::from(part.denominator);
            numerator = numerator * denominator + N::from(compiled.weight) * N::from(part.numerator) * product;
            product = product * denominator;
            weights += compiled.weight;
        }
    }
    (weights > 0).then(|| (numerator, N::from(weights) * N::from(unit) * product))
}

/// Whether the largest number in any overall ratio, the one before its rounding, fits 64 bits.
pub(super) fn is_narrow(skills: &SkillMap<CompiledSkill>, unit: u64) -> bool {
    let used = || skills.values().filter(|skill| skill.total > 0);
    let product: u128 = used().map(|skill| u128::from(skill.total)).product();
    let weights: u128 = used().map(|skill| u128::from(skill.weight)).sum();
    product * weights * u128::from(unit) * 2_000_001 <= u128::from(u64::MAX)
}
