//! Who works in the contact centre, and how well they truly do.

use service_excellence::Skill;

/// One person assessed.
pub(crate) struct Person {
    pub(crate) id: &'static str,
    /// The true level of each skill at the start, in the order of [`Skill::ALL`].
    levels: [f64; 5],
    /// Criteria whose true level differs from that of their skill.
    differs: &'static [(&'static str, f64)],
    /// By how much the true levels rise over the whole time.
    growth: f64,
    /// How often this person's contacts are chosen, relative to the others.
    pub(crate) share: u32,
    /// The working day on which this person starts.
    pub(crate) starts: u32,
}

impl Person {
    /// The true level on one criterion after this share of the whole time.
    pub(crate) fn true_level(&self, skill: Skill, criterion: &str, elapsed: f64) -> f64 {
        let of_skill =
            Skill::ALL.iter().zip(self.levels).find(|(one, _)| **one == skill).map_or(3.0, |(_, level)| level);
        let own = self.differs.iter().find(|(key, _)| *key == criterion).map(|(_, level)| *level);
        own.unwrap_or(of_skill) + self.growth * elapsed
    }
}

const fn person(id: &'static str, levels: [f64; 5], differs: &'static [(&'static str, f64)]) -> Person {
    Person { id, levels, differs, growth: 0.0, share: 10, starts: 0 }
}

/// The twelve people.
pub(crate) const PEOPLE: &[Person] = &[
    // Strong all round.
    person("agent-01", [4.3, 4.4, 4.1, 3.9, 4.2], &[("recurrence_prevention", 3.2)]),
    person("agent-02", [3.1, 3.4, 3.0, 3.3, 3.0], &[("accurate_and_honest_information", 2.7)]),
    // Kind and unsure with the tools.
    person("agent-03", [4.2, 3.8, 3.1, 2.2, 3.5], &[("system_fluency", 1.7), ("ai_tool_judgement", 1.9)]),
    // Quick with the tools and short with people.
    person("agent-04", [2.4, 2.8, 3.7, 4.3, 2.8], &[("sincere_acknowledgement", 1.8), ("data_protection", 2.8)]),
    // Improves month by month.
    Person { growth: 1.4, ..person("agent-05", [2.3, 2.2, 2.1, 2.6, 2.4], &[("active_listening", 1.9)]) },
    person("agent-06", [3.3, 2.9, 3.5, 3.2, 3.4], &[("clarity_and_concision", 2.0), ("channel_and_audience_fit", 2.2)]),
    // The person of the coaching example: a sound standard with three clear gaps.
    Person {
        share: 15,
        ..person(
            "agent-07",
            [3.3, 3.2, 3.2, 3.3, 3.2],
            &[("sincere_acknowledgement", 2.2), ("patience_with_pace", 2.1), ("expectation_setting", 2.3)],
        )
    },
    // Weak all round.
    person("agent-08", [2.2, 2.3, 2.0, 2.4, 2.1], &[("respectful_inclusion", 3.0)]),
    person("agent-09", [3.4, 2.6, 2.7, 3.0, 3.1], &[("accurate_and_honest_information", 2.3), ("diagnosis", 2.1)]),
    // Calm under pressure, and poor records.
    person("agent-10", [3.2, 3.3, 3.2, 2.8, 4.4], &[("record_quality", 1.8), ("purposeful_personalisation", 2.0)]),
    person("agent-11", [3.8, 3.9, 4.2, 4.1, 3.7], &[("patience_with_pace", 2.9)]),
    // Joined in June.
    Person { share: 6, starts: 105, ..person("agent-12", [3.0, 2.6, 2.2, 2.0, 2.7], &[]) },
];

/// One reviewer: who, and how many levels above or below the others they rate.
pub(crate) type Reviewer = (&'static str, f64);

/// The four reviewers; `reviewer-c` is about one level more severe, `reviewer-d` is a coach.
pub(crate) const REVIEWERS: &[Reviewer] =
    &[("reviewer-a", 0.15), ("reviewer-b", -0.05), ("reviewer-c", -0.95), ("reviewer-d", 0.25)];
