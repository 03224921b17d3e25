//! The sentences of the first screen.

use super::layout::{COLUMNS, and, counted, shorten, width};
use super::{Growth, NextRole, NextStep, PlanSummary, Situation, Stretch, StretchWay, SummaryLine};
use crate::coaching::PlanStatus;
use crate::profile::ExclusionReason;
use crate::value::{Count, Key};

/// How wide a name in a sentence may be, so that two of them with their numbers fit in two lines.
const NAME: usize = 40;

/// What a summary says, in sentences.
pub(super) struct Words<'a> {
    summary: &'a PlanSummary,
}

impl<'a> Words<'a> {
    pub(super) fn of(summary: &'a PlanSummary) -> Self {
        Self { summary }
    }

    fn lines(&self) -> impl Iterator<Item = &'a SummaryLine> {
        self.summary.lines().iter()
    }

    fn is(&self, situation: Situation) -> bool {
        self.summary.situations().contains(&situation)
    }

    pub(super) fn title(&self) -> String {
        let rest = format!(", {}, on {}", shorten(self.summary.role_name().as_str(), 32), self.summary.as_of());
        let person = shorten(self.summary.person().as_str(), COLUMNS - width(&rest));
        person + &rest
    }

    /// What the person does next; with an open concern two things.
    pub(super) fn next_steps(&self) -> String {
        let steps = self.lines().filter_map(|line| match line {
            SummaryLine::NextStep { step } => Some(self.next_step(*step)),
            _ => None,
        });
        steps.take(2).collect::<Vec<_>>().join(" ")
    }

    fn next_step(&self, step: NextStep) -> &'static str {
        match step {
            NextStep::AgreePlan => "Talk this plan over with your coach. Nothing starts until you both agree.",
            NextStep::HearConcern if self.is(Situation::OpenConcerns) => {
                "Tell your team lead how you see the concerns below."
            }
            NextStep::HearConcern => "Tell your team lead how you see the concern below.",
            NextStep::GetReviewed if self.is(Situation::NoRatings) => {
                "Ask your team lead to have some of your contacts reviewed."
            }
            NextStep::GetReviewed => "Ask your team lead to have more of your contacts reviewed.",
            NextStep::ConfirmMachine => "Ask your team lead who looks at the machine's ratings, and when.",
            NextStep::DecideContest => "Ask your team lead by when the disputed ratings are decided.",
            NextStep::MakeRoom => "Settle with your team lead how this plan could get more room.",
            NextStep::TalkSkillOver => "Choose with your coach which criterion of the skill you want to raise.",
            NextStep::ChooseGrowth => "Choose what you would like to grow in, and tell your coach.",
            NextStep::KeepItUp => "Keep it up.",
            NextStep::HoldSession => "Hold the next session. Cannot make it? Move it with your coach.",
            NextStep::MovePlanOn => match self.plan_status() {
                Some(PlanStatus::Draft) => "Finish the draft of your plan with your coach.",
                Some(PlanStatus::Proposed) => "Read the plan, and sign it or ask for changes.",
                Some(PlanStatus::Paused) => "Settle with your coach when the plan goes on.",
                _ => "Start the plan with your coach.",
            },
            NextStep::HoldReview => "All sessions are over: hold the review with your coach.",
            NextStep::MendRole => {
                "There is nothing for you to do. Whoever looks after the roles has to correct this one."
            }
        }
    }

    fn plan_status(&self) -> Option<PlanStatus> {
        self.lines().find_map(|line| match line {
            SummaryLine::UnderWay { plan_status, .. } => Some(*plan_status),
            _ => None,
        })
    }

    /// Where the person stands, as the leading situation has it.
    pub(super) fn standing(&self) -> String {
        let told = self.lines().filter_map(|line| match line {
            SummaryLine::RoleMismatch { .. } => Some(
                "Your ratings cannot be compared with this role: it asks for something that is not on the form by which \
                 you are rated. This is a mistake in the set-up, not in your work."
                    .to_owned(),
            ),
            SummaryLine::UnderWay { plan_status, current_week, weeks, held, sessions, missed } => {
                Some(under_way(*plan_status, [*current_week, *weeks, *held, *sessions, *missed]))
            }
            SummaryLine::Standing { rated, below, unknown, skills, skills_below } if self.plan_status().is_none() => {
                Some(self.compared([*rated, *below, *unknown, *skills, *skills_below]))
            }
            _ => None,
        });
        told.collect::<Vec<_>>().join(" ")
    }

    /// What whoever mends a role has to know.
    pub(super) fn mistake(&self) -> String {
        let told = self.lines().find_map(|line| match line {
            SummaryLine::RoleMismatch { faults, first } => {
                let more = match faults.get().saturating_sub(1) {
                    0 => String::new(),
                    more => format!(" There are {more} more."),
                };
                Some(format!("{}.{more}", shorten(first.as_str(), 130)))
            }
            _ => None,
        });
        told.unwrap_or_default()
    }

    fn compared(&self, [rated, below, unknown, skills, skills_below]: [Count; 5]) -> String {
        let not_counted: u64 = self.not_counted().map(|(_, count)| u64::from(count.get())).sum();
        let some =
            self.summary.situations().iter().find(|one| one.is_without_evidence() || **one == Situation::TooFewRatings);
        match some {
            Some(Situation::NoRatings) => {
                return "Nobody has reviewed a contact of yours yet, so nothing can be said, good or bad.".to_owned();
            }
            Some(Situation::OnlyOwnRatings) => {
                return "So far only you have rated your work. Your view opens the talk; a value needs somebody else's too."
                    .to_owned();
            }
            Some(Situation::OnlyMachineRatings) => {
                return "So far only a machine has rated your work. Until a person has confirmed that, it counts for nothing."
                    .to_owned();
            }
            Some(Situation::OnlyOldRatings) => {
                return "Your ratings are too old to say how you work today. New ones will show it.".to_owned();
            }
            Some(Situation::AllRatingsContested) => {
                return "Your ratings are disputed. Until they are decided, none of them counts.".to_owned();
            }
            Some(Situation::NothingCounts) => {
                return format!("{} made so far, none of which counts yet.", counted(not_counted, "assessment"));
            }
            Some(Situation::TooFewRatings) => {
                return "Too few of your contacts were reviewed to say where you stand.".to_owned();
            }
            _ => {}
        }
        let (rated, below, unknown) = (rated.get(), below.get(), unknown.get());
        let met = rated - below.min(rated);
        let all_skills = if below > 0 && skills_below.get() == 0 && skills.get() > 1 {
            " Each skill as a whole meets it.".to_owned()
        } else {
            String::new()
        };
        let not_known = match unknown {
            0 => String::new(),
            1 => " One more has too few ratings to say.".to_owned(),
            _ => format!(" {unknown} more have too few ratings to say."),
        };
        let main = match (rated, below) {
            (0, _) => "No criterion has enough ratings to compare.".to_owned(),
            (_, 0) if self.is(Situation::OnlySkillBelow) => format!(
                "You meet the target in all {rated} criteria, each by itself. A skill as a whole is still below it."
            ),
            (1, 0) => "You meet the role's target in the one criterion that was rated.".to_owned(),
            (_, 0) if unknown > 0 => {
                format!("You meet the role's target in all {rated} criteria with enough ratings.")
            }
            (_, 0) => format!("You meet the role's target in all {rated} criteria."),
            _ if self.is(Situation::GapsEverywhere) => format!(
                "{below} of {rated} criteria are still below the role's target. Not all at once: start with the goals below.",
            ),
            (_, 1) => format!("You meet the target in {met} of {rated} criteria. One is still below it."),
            _ => format!("You meet the target in {met} of {rated} criteria. {below} are still below it."),
        };
        let nothing_fits =
            if self.is(Situation::NothingFits) { " No activity fits the limits of this plan." } else { "" };
        format!("{main}{all_skills}{not_known}{nothing_fits}")
    }

    /// How many ratings a criterion needs for a value, where some have fewer.
    fn needed(&self) -> Option<u16> {
        self.lines().find_map(|line| match line {
            SummaryLine::Needed { observations } => Some(observations.get()),
            _ => None,
        })
    }

    /// Whether no criterion has a value.
    fn is_without_value(&self) -> bool {
        let without = |one: &Situation| one.is_without_evidence() || *one == Situation::TooFewRatings;
        self.summary.situations().iter().any(without)
    }

    fn not_counted(&self) -> impl Iterator<Item = (ExclusionReason, Count)> {
        self.lines().filter_map(|line| match line {
            SummaryLine::NotCounted { reason, assessments } => Some((*reason, *assessments)),
            _ => None,
        })
    }

    /// What the values rest on, and what does not count.
    pub(super) fn evidence(&self) -> String {
        let counted_from = self.lines().find_map(|line| match line {
            SummaryLine::Evidence { assessments, since } if assessments.get() > 0 => {
                Some(format!("{} since {since}.", counted(assessments.get(), "assessment")))
            }
            _ => None,
        });
        let one_reviewer = self
            .is(Situation::OneReviewer)
            .then(|| "All are by one reviewer; a second one would make it surer.".to_owned());
        let left_out: Vec<_> = self.not_counted().take(3).map(|(reason, count)| left_out(reason, count)).collect();
        let left_out = (!left_out.is_empty()).then(|| format!("Not counted: {}.", left_out.join(", ")));
        counted_from.into_iter().chain(one_reviewer).chain(left_out).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn praise_label(&self) -> &'static str {
        let is_nearest = self.lines().any(|line| matches!(line, SummaryLine::Nearest { .. }));
        if is_nearest { "Nearest" } else { "Strengths" }
    }

    pub(super) fn praise(&self) -> String {
        let told = self.lines().filter_map(|line| match line {
            SummaryLine::Strength { name, score, .. } => {
                Some(format!("{} ({} of 5)", shorten(name.as_str(), NAME), score.on_level_scale(2)))
            }
            SummaryLine::Nearest { name, score, target, .. } => Some(format!(
                "{}: {} on the scale from 1 to 5, target {}",
                shorten(name.as_str(), NAME),
                score.on_level_scale(2),
                target.on_level_scale(2)
            )),
            _ => None,
        });
        let told: Vec<_> = told.take(2).collect();
        if told.is_empty() { String::new() } else { and(&told) + "." }
    }

    /// A line for each of the first groups, and who decides; empty without open concerns.
    pub(super) fn concerns(&self) -> Vec<String> {
        let groups = self.lines().filter_map(|line| match line {
            SummaryLine::Concern { criteria, name, contacts, since, .. } => {
                let more = criteria.len().saturating_sub(1);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let when = if contacts.get() == 1 { "on" } else { "since" };
                let name = shorten(name.as_str(), 30);
                Some((format!("{name}{more}: {} {when} {since}.", counted(contacts.get(), "contact")), contacts.get()))
            }
            _ => None,
        });
        let groups: Vec<_> = groups.collect();
        if groups.is_empty() {
            return Vec::new();
        }
        let contacts: u64 = groups.iter().map(|(_, contacts)| u64::from(*contacts)).sum();
        let mut told: Vec<String> = groups.iter().take(2).map(|(told, _)| told.clone()).collect();
        told.push(match (groups.len(), contacts) {
            (3.., _) => {
                format!("{} more. A second assessor decides each; coaching closes none.", groups.len() - 2)
            }
            (_, 1) => "A second assessor decides it. Coaching helps, but does not close it.".to_owned(),
            _ => "A second assessor decides each. Coaching helps, but closes none.".to_owned(),
        });
        told
    }

    /// What would allow an activity for a goal that has none, on one line.
    pub(super) fn unlock(&self, criterion: &Key, columns: usize) -> Option<String> {
        let unlock = self.lines().find_map(|line| match line {
            SummaryLine::Unlock { unlock } if unlock.criterion == *criterion => Some(unlock),
            _ => None,
        })?;
        let changes: Vec<String> = unlock.changes.iter().map(ToString::to_string).collect();
        Some(match &unlock.name {
            Some(name) if !changes.is_empty() => {
                let start = format!("  {} would allow: ", shorten(&changes.join(" and "), 40));
                let name = shorten(name.as_str(), columns.saturating_sub(width(&start)));
                start + &name
            }
            _ => shorten("  No change of the limits that was tried allows an activity.", columns),
        })
    }

    /// The line below the table of goals.
    pub(super) fn below_goals(&self, is_planned: bool) -> Option<String> {
        let more = self.lines().find_map(|line| match line {
            SummaryLine::MoreGoals { goals, planned } => Some((goals.get(), planned.get())),
            _ => None,
        });
        let more = more.map(|(more, planned)| {
            let goals = counted(more, "more goal");
            match more.saturating_sub(planned) {
                0 => format!("{goals} later in this plan."),
                _ if planned == 0 => format!("{goals} for a later plan."),
                rest => format!("{goals}: {planned} in this plan, {rest} after it."),
            }
        });
        let assumed = (is_planned && self.plan_status().is_none()).then(|| {
            let long = "Expected is an assumption, not a promise; new ratings will tell.";
            if more.is_some() { "Expected is no promise." } else { long }.to_owned()
        });
        let told: Vec<_> = assumed.into_iter().chain(more).collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    /// What somebody who meets everything may choose, a paragraph each.
    pub(super) fn growth(&self) -> Vec<String> {
        let Some(growth) = self.summary.growth() else { return Vec::new() };
        if growth.is_keep_it_up() {
            return vec![
                "You do what the role asks for, and your contacts show it.".to_owned(),
                "No plan is needed. Your contacts are reviewed as before.".to_owned(),
                "Would you like something new? Tell your coach what it could be.".to_owned(),
            ];
        }
        Self::directions(growth)
    }

    fn directions(growth: &Growth) -> Vec<String> {
        let mut told: Vec<String> = growth.next_roles.iter().take(3).map(next_role).collect();
        told.extend(growth.stretches.iter().take(3).map(stretch));
        told.push("Your choice: none of this is needed in your role.".to_owned());
        told
    }

    pub(super) fn session_label(&self) -> &'static str {
        let is_first = self.lines().any(|line| matches!(line, SummaryLine::Session { week, .. } if week.get() == 1));
        match (self.plan_status(), is_first) {
            (Some(_), _) => "Sessions",
            (None, true) => "First week",
            (None, false) => "First",
        }
    }

    /// The sessions of the first week in which something happens.
    pub(super) fn sessions(&self) -> String {
        let mut sessions: Vec<(&str, u32, usize)> = Vec::new();
        let mut first = None;
        for line in self.lines() {
            let SummaryLine::Session { name, minutes, week, from, .. } = line else { continue };
            first.get_or_insert((*week, *from));
            match sessions.iter_mut().find(|(known, time, _)| *known == name.as_str() && *time == minutes.get()) {
                Some((_, _, times)) => *times += 1,
                None => sessions.push((name.as_str(), minutes.get(), 1)),
            }
        }
        let Some((week, from)) = first else { return String::new() };
        let told = sessions.iter().take(2).map(|(name, minutes, times)| {
            let times = if *times > 1 { format!("{times} × ") } else { String::new() };
            format!("{} ({times}{minutes} minutes)", shorten(name, 36))
        });
        let mut told: Vec<_> = told.collect();
        if sessions.len() > 2 {
            told.push(format!("{} more", sessions.len() - 2));
        }
        let when = match self.current_week() {
            Some(now) if now > u32::from(week.get()) => format!("Open since week {week}"),
            None if week.get() == 1 => format!("From {from}"),
            _ => format!("Week {week}, from {from}"),
        };
        format!("{when}: {}.", and(&told))
    }

    /// The week of the plan under way.
    fn current_week(&self) -> Option<u32> {
        self.lines().find_map(|line| match line {
            SummaryLine::UnderWay { current_week, .. } => Some(current_week.get()),
            _ => None,
        })
    }

    /// What the plan takes, and when it is looked at again.
    pub(super) fn afterwards(&self) -> String {
        let effort = self.lines().find_map(|line| match line {
            SummaryLine::Effort { minutes_in_all, sessions, last_week, .. } => Some(format!(
                "{} ({minutes_in_all} minutes) {} week {last_week}",
                counted(sessions.get(), "session"),
                if sessions.get() == 1 { "in" } else { "to" },
            )),
            _ => None,
        });
        let review = self.lines().filter_map(|line| match line {
            SummaryLine::Checkpoint { checkpoint, by } => Some(format!("{} by {by}", checkpoint.in_words())),
            _ => None,
        });
        let told: Vec<_> = effort.into_iter().chain(review.last()).collect();
        if let (true, Some(needed)) = (told.is_empty() && self.is_without_value(), self.needed()) {
            return format!("Once {needed} ratings count, a criterion has a value; a plan can follow.");
        }
        if told.is_empty() { String::new() } else { capitalised(&told.join("; ")) + "." }
    }

    pub(super) fn whom_to_ask(&self) -> String {
        match self.summary.situations().first() {
            Some(Situation::RoleMismatch) => "Your team lead, who looks after the roles.".to_owned(),
            Some(Situation::NoRatings) => "Your team lead.".to_owned(),
            Some(one) if one.is_without_evidence() => {
                "Your team lead. You may dispute any rating that you see differently.".to_owned()
            }
            _ => "Your coach; about time, your team lead. You may dispute any rating.".to_owned(),
        }
    }

    /// What is worth saying if lines are left, the most useful first.
    pub(super) fn if_there_is_room(&self) -> Vec<(&'static str, String)> {
        let own_view = self.lines().find_map(|line| match line {
            SummaryLine::OwnView { name, above, .. } => Some(format!(
                "You rate {} {:.1} levels {} than the others do. Start the talk there: both views count.",
                shorten(name.as_str(), NAME),
                above.get().abs(),
                if above.get() > 0.0 { "higher" } else { "lower" },
            )),
            _ => None,
        });
        let privacy = "Written for you and your coach; share it only if you both want to.".to_owned();
        own_view.map(|told| ("Your view", told)).into_iter().chain([("", privacy)]).collect()
    }
}

fn under_way(status: PlanStatus, [week, weeks, held, sessions, missed]: [Count; 5]) -> String {
    let state = match status {
        PlanStatus::Draft => "Your plan is being written".to_owned(),
        PlanStatus::Proposed => "Your plan is proposed and not yet signed by both".to_owned(),
        PlanStatus::Paused => "Your plan is paused".to_owned(),
        _ if week.get() == 0 => "Your plan is agreed and has not started yet".to_owned(),
        _ if week > weeks => format!("The {weeks} weeks of your plan are over"),
        _ => format!("Your plan is in week {week} of {weeks}"),
    };
    let missed = match missed.get() {
        0 => String::new(),
        missed => format!(" {missed} missed and to be held later."),
    };
    format!("{state}. {held} of {} held.{missed}", counted(sessions.get(), "session"))
}

fn left_out(reason: ExclusionReason, count: Count) -> String {
    let count = count.get();
    match reason {
        ExclusionReason::Repeated => format!("{count} read twice"),
        ExclusionReason::AfterAsOf => format!("{count} from later days"),
        ExclusionReason::Draft => format!("{count} in draft"),
        ExclusionReason::Superseded => format!("{count} replaced"),
        ExclusionReason::Revised => format!("{count} revised"),
        ExclusionReason::SelfRating => format!("{count} by yourself"),
        ExclusionReason::UnconfirmedMachine => format!("{count} by a machine alone"),
        ExclusionReason::Contested => format!("{count} disputed and not decided"),
        ExclusionReason::OutsideWindow => format!("{count} too old"),
        ExclusionReason::EvidenceNeverCounts => format!("{count} of practice or the like"),
        ExclusionReason::OtherScale | ExclusionReason::UnknownCriterion => format!("{count} from another form"),
        ExclusionReason::OutrankedRater | ExclusionReason::ShareUsedUp => format!("{count} for other reasons"),
    }
}

fn next_role(role: &NextRole) -> String {
    let name = shorten(role.name.as_str(), NAME);
    match &role.below[..] {
        [] if role.unknown.get() == 0 => format!("{name}: you already meet what this role asks for."),
        [] => format!("{name}: met as far as known; {} more ratings are needed.", role.unknown),
        [first] => format!("{name}: one criterion to grow in, {}.", shorten(first.name.as_str(), NAME)),
        [first, ..] => {
            format!("{name}: {} criteria to grow in, first {}.", role.below.len(), shorten(first.name.as_str(), NAME))
        }
    }
}

fn stretch(stretch: &Stretch) -> String {
    let (criterion, name) = (shorten(stretch.criterion_name.as_str(), NAME), shorten(stretch.name.as_str(), NAME));
    let way = match stretch.way {
        StretchWay::Teach => "Teach in",
        StretchWay::Mentor => "Mentor in",
        StretchWay::LeadImprovement => "Lead",
    };
    format!("{way} \"{name}\" ({} minutes): {criterion}.", stretch.minutes)
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
