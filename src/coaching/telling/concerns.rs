//! Open concerns, grouped by what they are about.

use std::collections::BTreeSet;

use super::{PlanPage, SummaryLine};
use crate::profile::Concern;
use crate::rubric::Rubric;
use crate::value::{Count, Key, Label};

/// One line for each set of criteria (or skill, where a rule names no criterion), the most contacts first.
pub(super) fn grouped(page: &PlanPage<'_>) -> Vec<SummaryLine> {
    let open: Vec<&Concern> = page.profile.open_concerns().collect();
    grouped_of(&open, page.rubric)
}

pub(super) fn grouped_of(open: &[&Concern], rubric: &Rubric) -> Vec<SummaryLine> {
    let mut groups: Vec<Vec<&Concern>> = Vec::new();
    for one in open {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| is_about_the_same(first, one))) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let contacts = |group: &[&Concern]| group.iter().map(|one| &one.assessment).collect::<BTreeSet<_>>().len();
    groups.sort_by_key(|group| std::cmp::Reverse(contacts(group)));
    let line = |group: &Vec<&Concern>| {
        let first = group.first()?;
        Some(SummaryLine::Concern {
            criteria: first.criteria.clone(),
            name: name(first, rubric),
            contacts: Count::of(contacts(group)),
            since: group.iter().map(|one| one.observed).min()?,
            latest: group.iter().map(|one| one.observed).max()?,
        })
    };
    groups.iter().filter_map(line).collect()
}

fn is_about_the_same(one: &Concern, other: &Concern) -> bool {
    one.criteria == other.criteria && (!one.criteria.is_empty() || one.target == other.target)
}

fn name(concern: &Concern, rubric: &Rubric) -> Label {
    let criterion = concern.criteria.first().map(|key: &Key| super::page::name_in(rubric, key));
    #[expect(clippy::expect_used, reason = "the names of skills are constants")]
    criterion.unwrap_or_else(|| Label::new(concern.target.name()).expect("a skill's name is a label"))
}
