use crate::value::strict::choice;

choice! {
    /// One of the five core skills of customer service; the list is closed.
    pub enum Skill: "A core skill" {
        /// Understanding what a situation means and feels like for the customer, and showing it.
        Empathy = "empathy",
        /// Listening, explaining and promising so that the customer knows where they stand.
        CommunicationMastery = "communication_mastery",
        /// Finding the real problem and an option that works, and seeing it through.
        ProblemSolvingAgility = "problem_solving_agility",
        /// Using systems, records, automation and data well and safely.
        TechSavviness = "tech_savviness",
        /// Staying calm and constructive under pressure, and recovering from setbacks.
        ResilienceAndPatience = "resilience_and_patience",
    }
}

impl Skill {
    /// The name shown to people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empathy => "Empathy",
            Self::CommunicationMastery => "Communication mastery",
            Self::ProblemSolvingAgility => "Problem-solving agility",
            Self::TechSavviness => "Tech-savviness",
            Self::ResilienceAndPatience => "Resilience and patience",
        }
    }
}
