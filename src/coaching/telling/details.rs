use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::layout::{COLUMNS, and, column, counted, ranges, shorten, wrap_at_most};
use super::{PlanPage, SummaryLine, concerns};
use crate::coaching::{
    Activity, Checkpoint, Goal, GoalStatus, Modality, PlanGuarantee, PlannedActivity, Tenure, WeekCount,
};
use crate::framework::Skill;
use crate::profile::{
    CriterionGap, CriterionStanding, ExclusionReason, LevelGap, SkillGap, SkillStanding, TargetSource, Urgency,
};
use crate::value::Key;

/// Everything beyond the first screen, on request: all gaps as one table, the plan by week, reasons, prices, who prepares
/// what, and one contact explained. It is bounded as well, and at most 80 columns wide.
///
/// `to_string` makes the text. Lists that would be too long end by saying how much more there is; the documents hold it.
///
/// ```
/// # use service_excellence::coaching::{PlanDetails, PlanPage};
/// # use service_excellence::{
/// #     ActivityLibrary, CostBand, EvidencePolicy, Framework, GapAnalysis, PlanLimits, Planner, Profiler, RoleLibrary, Rubric,
/// # };
/// # let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
/// # let role = RoleLibrary::builtin().role("frontline_agent").ok_or("no such role")?;
/// # let profiler = Profiler::new(&rubric, EvidencePolicy::default()).for_role(role)?;
/// # let profile = profiler.profile(&"agent-7".parse()?, &[], "2026-06-30".parse()?);
/// # let gaps = GapAnalysis::of(&profile, &rubric, role)?;
/// # let limits = PlanLimits::new("2026-07-06".parse()?, 2.try_into()?, 30.try_into()?, CostBand::Low);
/// # let activities = ActivityLibrary::builtin();
/// # let plan = Planner::new(&rubric, activities, limits)?.plan(&gaps)?;
/// // The parts as in the example of `PlanPage`; of this person nothing is known yet.
/// let page = PlanPage::new(&profile, &gaps, &plan, &rubric, role, activities)?;
/// assert!(PlanDetails::of(&page).to_string().starts_with("SKILLS"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct PlanDetails<'a> {
    page: &'a PlanPage<'a>,
    explanation: Option<&'a str>,
}

/// Where the text of a paragraph begins.
const INDENT: &str = "  ";
/// How many lines each section has at most; what is cut is counted.
const SECTION: usize = 80;
const NAME: usize = 34;
const SKILL: usize = 28;

/// One section under its heading.
struct Section {
    heading: &'static str,
    lines: Vec<String>,
}

impl Section {
    fn new(heading: &'static str) -> Self {
        Self { heading, lines: Vec::new() }
    }

    /// A paragraph of at most so many lines.
    fn say(&mut self, text: &str, most: usize) {
        self.say_at(INDENT, text, most);
    }

    fn say_at(&mut self, indent: &str, text: &str, most: usize) {
        let lines = wrap_at_most(text, COLUMNS - indent.chars().count(), most);
        self.lines.extend(lines.into_iter().map(|line| format!("{indent}{line}")));
    }

    fn row(&mut self, row: String) {
        self.lines.push(row);
    }
}

impl<'a> PlanDetails<'a> {
    /// How many lines the text has at most.
    pub const MAX_LINES: usize = 640;

    /// The details of a page.
    #[must_use]
    pub const fn of(page: &'a PlanPage<'a>) -> Self {
        Self { page, explanation: None }
    }

    /// With the explanation of one contact, as [`Scorer::explain`](crate::Scorer::explain) gives it.
    #[must_use]
    pub const fn with_explanation(self, explanation: &'a str) -> Self {
        Self { explanation: Some(explanation), ..self }
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![self.skills(), self.not_counted(), self.gaps(), self.concerns()];
        sections.extend([self.goals(), self.weeks(), self.arrangements(), self.activities(), self.prices()]);
        sections.extend([self.left_out(), self.explained()]);
        sections
    }

    fn skills(&self) -> Section {
        let mut section = Section::new("SKILLS, ON THE SCALE FROM 1 TO 5");
        section.row(format!(
            "{INDENT}{}{:>7}{:>7}{:>8}{:>7}  evidence",
            column("skill", SKILL),
            "value",
            "level",
            "target",
            "gap"
        ));
        for (skill, standing) in self.page.profile.skills().iter() {
            section.row(self.skill(skill, *standing));
        }
        section.say("A gap is measured to the start of the target level, so 0.00 means the target is met.", 2);
        section
    }

    fn skill(&self, skill: Skill, standing: SkillStanding) -> String {
        let name = column(skill.name(), SKILL);
        match (standing, &self.page.gaps.skills()[skill]) {
            (SkillStanding::Rated { score, level, confidence, .. }, SkillGap::Assessed { gap, target, .. }) => format!(
                "{INDENT}{name}{:>7}{level:>7}{target:>8}{:>7}  {confidence} confidence",
                score.on_level_scale(2),
                gap.show(2),
            ),
            (SkillStanding::InsufficientEvidence { coverage }, _) => {
                format!("{INDENT}{name}  too few ratings ({} % covered)", coverage.percent(0))
            }
            _ => format!("{INDENT}{name}  does not apply"),
        }
    }

    fn not_counted(&self) -> Section {
        let mut section = Section::new("WHAT DOES NOT COUNT, AND WHY");
        let mut found: BTreeMap<ExclusionReason, (BTreeSet<&str>, usize)> = BTreeMap::new();
        for one in self.page.profile.exclusions() {
            let entry = found.entry(one.reason).or_default();
            match one.criterion {
                None => {
                    entry.0.insert(one.assessment.as_str());
                }
                Some(_) => entry.1 += 1,
            }
        }
        for (reason, (assessments, answers)) in found {
            let mut told = Vec::new();
            if !assessments.is_empty() {
                told.push(counted(assessments.len() as u64, "assessment"));
            }
            if answers > 0 {
                told.push(counted(answers as u64, "single rating"));
            }
            section.say(&format!("{}: {}", and(&told), why_not(reason)), 2);
        }
        section
    }

    /// All gaps as one table, and what has too few ratings.
    fn gaps(&self) -> Section {
        let mut section = Section::new("GAPS, MOST URGENT FIRST");
        let gaps = self.page.gaps;
        let open: Vec<&CriterionGap> = gaps.criteria().iter().filter(|one| one.gap > LevelGap::ZERO).collect();
        if !open.is_empty() {
            let [now, target, gap, below, ratings] = ["now", "target", "gap", "below", "ratings"];
            let name = column("criterion", NAME);
            section.row(format!("{INDENT}{name}{now:>6}{target:>7}{gap:>6}{below:>7}{ratings:>8}  why"));
        }
        for one in &open {
            let ratings = match self.page.profile.criterion(one.criterion.as_str()).map(|found| found.standing) {
                Some(CriterionStanding::Rated { observations, .. }) => observations.to_string(),
                _ => "–".to_owned(),
            };
            section.row(format!(
                "{INDENT}{}{:>6}{:>7}{:>6}{:>5} %{ratings:>8}  {}",
                column(self.page.name_of(&one.criterion).as_str(), NAME),
                one.score.on_level_scale(2),
                self.page.start_of_target(one).on_level_scale(2),
                one.gap.show(2),
                one.probability_below.percent(0),
                why_first(one),
            ));
        }
        if !open.is_empty() {
            section.say(
                "Below: how sure it is that the long-run value lies below the target. Critical criteria and role \
                 minimums come first; then what matters more in the role, is farther below and is surer.",
                4,
            );
        }
        if !gaps.unknown().is_empty() {
            let names: Vec<String> = gaps.unknown().iter().map(|key| self.name(key, 40)).collect();
            section.say(&format!("Too few ratings to say: {}.", some_of(&names, 8)), 6);
        }
        section
    }

    fn name(&self, criterion: &Key, columns: usize) -> String {
        shorten(self.page.name_of(criterion).as_str(), columns)
    }

    fn concerns(&self) -> Section {
        let mut section = Section::new("OPEN CONCERNS");
        for line in concerns::grouped(self.page) {
            let SummaryLine::Concern { criteria, name, contacts, since, latest } = line else { continue };
            let names: Vec<String> = criteria.iter().map(|key| self.name(key, 40)).collect();
            let name = if names.is_empty() { shorten(name.as_str(), 40) } else { some_of(&names, 3) };
            let when = if since == latest { format!("on {since}") } else { format!("from {since} to {latest}") };
            section.say(&format!("{name}: {}, {when}.", counted(contacts.get(), "contact")), 3);
        }
        if !section.lines.is_empty() {
            section.say(
                "A second assessor decides each of them, and nobody else. The highest level is held down until then.",
                2,
            );
        }
        section
    }

    fn goals(&self) -> Section {
        let plan = self.page.plan;
        let mut section = Section::new("GOALS AND PHASES");
        for phase in plan.phases() {
            let names: Vec<String> = phase.goals.iter().map(|goal| self.name(&goal.criterion, 40)).collect();
            let weeks = match (phase.first_week, phase.last_week) {
                (first, last) if first == last => format!("week {first}"),
                (first, last) => format!("weeks {first} to {last}"),
            };
            let proven = match phase.guarantee {
                PlanGuarantee::Optimal {} => "proven: no other choice reaches more".to_owned(),
                PlanGuarantee::Bounded { at_most } => format!("no choice reaches more than {} %", at_most.percent(1)),
                PlanGuarantee::Alternative { at_most } => {
                    format!("one to choose from; none reaches more than {} %", at_most.percent(1))
                }
            };
            section.say(
                &format!(
                    "Phase {}, {weeks}: {}. It is assumed to reach {} % of these goals' next levels ({proven}). \
                     Check-in on {}.",
                    phase.number,
                    some_of(&names, 4),
                    phase.reached.percent(1),
                    phase.check_in,
                ),
                5,
            );
        }
        let (worked_on, waiting): (Vec<&Goal>, Vec<&Goal>) = plan
            .goals()
            .iter()
            .partition(|goal| matches!(goal.status, GoalStatus::ReachesNextLevel | GoalStatus::ReachesPart));
        for goal in worked_on {
            let why = goal.reasons.last().map_or("", |reason| reason.text.as_str());
            section.say(
                &format!(
                    "{}: level {} to {}, {} of {} levels assumed. {why}",
                    self.name(&goal.criterion, 40),
                    goal.level,
                    goal.next_level,
                    goal.assumed_gain.in_levels(2),
                    goal.needed.in_levels(2),
                ),
                3,
            );
        }
        for unlock in plan.unlocks() {
            section.say(&format!("{}: nothing fits. {unlock}.", self.name(&unlock.criterion, 40)), 3);
        }
        if !waiting.is_empty() {
            let names: Vec<String> = waiting.iter().map(|goal| self.name(&goal.criterion, 40)).collect();
            section.say(&format!("Not in this plan: {}.", some_of(&names, 8)), 6);
        }
        if !plan.goals().is_empty() {
            section.say(
                &format!(
                    "The whole plan is assumed to close {} % of the way to the role's targets, urgent goals weighted \
                     more. {}",
                    plan.reached_of_targets().percent(1),
                    plan.ends().in_words()
                ),
                3,
            );
        }
        section
    }

    /// The sessions by week; weeks in a row with the same sessions stand on one line.
    fn weeks(&self) -> Section {
        let plan = self.page.plan;
        let mut section = Section::new("THE PLAN BY WEEK");
        let mut runs: Vec<(Vec<u32>, Vec<String>)> = Vec::new();
        let mut free = Vec::new();
        for week in (1..=plan.limits().weeks.get()).filter_map(|week| WeekCount::new(week).ok()) {
            let mut sessions: Vec<(String, usize)> = Vec::new();
            for (activity, session) in plan.week(week) {
                let told = format!("{} min  {}", session.minutes, shorten(activity.name.as_str(), 44));
                match sessions.iter_mut().find(|(known, _)| *known == told) {
                    Some((_, times)) => *times += 1,
                    None => sessions.push((told, 1)),
                }
            }
            let times =
                |(told, times): (String, usize)| if times > 1 { format!("{told}, {times} times") } else { told };
            let sessions: Vec<String> = sessions.into_iter().map(times).collect();
            let number = u32::from(week.get());
            if sessions.is_empty() {
                free.push(number);
                continue;
            }
            match runs.last_mut() {
                Some((weeks, same)) if *same == sessions && weeks.last() == Some(&(number - 1)) => weeks.push(number),
                _ => runs.push((vec![number], sessions)),
            }
        }
        for (weeks, sessions) in runs {
            let label = format!("week{} {}", if weeks.len() > 1 { "s" } else { "" }, ranges(weeks.iter().copied()));
            for (place, session) in sessions.iter().enumerate() {
                let label = if place == 0 { label.as_str() } else { "" };
                section.row(format!("{INDENT}{label:<16}{session}"));
            }
        }
        if !section.lines.is_empty() && !free.is_empty() {
            let weeks = if free.len() > 1 { "Weeks" } else { "Week" };
            section.say(&format!("{weeks} {} free, for sessions that were missed.", are(&free)), 3);
        }
        section
    }

    /// When to meet, and how everybody will know.
    fn arrangements(&self) -> Section {
        let plan = self.page.plan;
        let mut section = Section::new("CHECK-INS, AND HOW WE WILL KNOW");
        if plan.activities().is_empty() {
            return section;
        }
        let limits = plan.limits();
        let last_day = |week: WeekCount| limits.start.plus_days(7 * i32::from(week.get()) - 1);
        let checks = Checkpoint::of_plan(plan, Tenure::Established);
        let checks: Vec<String> =
            checks.iter().map(|one| format!("{} by {}", one.kind.in_words(), last_day(one.week))).collect();
        section.say(&format!("After the first year in the role: {}. Before that more often.", some_of(&checks, 14)), 8);
        section.say(
            &format!(
                "Contacts from {} to {} are rated on the goals as those before, if possible at least 8 for each goal. A \
                 change counts as shown only if it is more than chance would explain.",
                limits.start,
                last_day(Checkpoint::final_week(plan))
            ),
            4,
        );
        section.say("Missed a session? Tell your coach and move it to a later week.", 1);
        section
    }

    fn activities(&self) -> Section {
        let mut section = Section::new("WHAT IS DONE, WHY, AND WHO PREPARES IT");
        for planned in self.page.plan.activities() {
            if !section.lines.is_empty() {
                section.row(String::new());
            }
            self.activity(&mut section, planned);
        }
        section
    }

    fn activity(&self, section: &mut Section, planned: &PlannedActivity) {
        let minutes: u32 = planned.sessions.iter().map(|session| session.minutes.get()).sum();
        let sessions = counted(planned.sessions.len() as u64, "session");
        section.say(&format!("{}: {minutes} minutes in {sessions}", shorten(planned.name.as_str(), 44)), 1);
        let indent = "    ";
        let found = self.page.activities.activity(planned.activity.as_str());
        if let Some(activity) = found {
            section.say_at(indent, &format!("What: {}", activity.description), 4);
        }
        let goals: Vec<String> = planned.credits.iter().map(|credit| self.name(&credit.criterion, 40)).collect();
        let without = format!("Without it the best choice reaches {}.", planned.reached_without);
        let why = if goals.is_empty() {
            format!("Why: it has to come before another activity. {without}")
        } else {
            format!("Why: it works on {}. {without}", and(&goals))
        };
        section.say_at(indent, &why, 3);
        let is_told =
            |code: &str| ["on_request", "under_way", "comes_before", "refreshed", "prerequisite_met"].contains(&code);
        for reason in planned.reasons.iter().filter(|reason| is_told(reason.code.as_str())) {
            section.say_at(indent, reason.text.as_str(), 3);
        }
        if let Some(activity) = found {
            section.say_at(indent, &format!("Done when there are: {}", activity.completion_evidence), 2);
            let first = planned.sessions.first().map_or_else(String::new, |first| format!(" by week {}", first.week));
            section.say_at(indent, &format!("Your coach prepares{first}: {}.", setting(activity)), 2);
            if let Some(care) = &activity.safeguards {
                section.say_at(indent, &format!("Mind: {care}"), 3);
            }
        }
    }

    fn prices(&self) -> Section {
        let plan = self.page.plan;
        let mut section = Section::new("WHAT MORE TIME OR BUDGET WOULD ADD");
        if plan.activities().is_empty() {
            return section;
        }
        for what_if in plan.what_if() {
            let is_more = what_if.reached.at_most() > Some(plan.reached());
            let reached = if is_more { what_if.reached.to_string() } else { "no more".to_owned() };
            let reached = shorten(&reached, COLUMNS - 2 - 40);
            section.row(format!("{INDENT}{}{reached}", column(what_if.change.in_words(), 40)));
        }
        if !plan.what_if().is_empty() {
            section.say(
                &format!("The first phase reaches {} % of its goals' next levels now.", plan.reached().percent(1)),
                2,
            );
        }
        section
    }

    /// What was considered and left out, by the reason.
    fn left_out(&self) -> Section {
        let mut section = Section::new("CONSIDERED AND LEFT OUT");
        let mut by_reason: BTreeMap<&str, (&str, Vec<String>)> = BTreeMap::new();
        for one in self.page.plan.omissions().iter().filter(|one| one.reason.code.as_str() != "touches_no_goal") {
            let entry = by_reason.entry(one.reason.code.as_str()).or_insert((one.reason.text.as_str(), Vec::new()));
            entry.1.push(shorten(one.name.as_str(), 40));
        }
        for (code, (text, names)) in by_reason {
            let why = why_left_out(code).unwrap_or(text).trim_end_matches('.');
            section.say(&format!("{why}: {}.", some_of(&names, 5)), 5);
        }
        section
    }

    fn explained(&self) -> Section {
        let mut section = Section::new("ONE CONTACT, EXPLAINED");
        for line in self.explanation.unwrap_or_default().lines() {
            let indent = line.len() - line.trim_start().len();
            let indent = format!("{INDENT}{}", " ".repeat(indent.min(8)));
            section.say_at(&indent, line, 4);
        }
        section
    }
}

impl fmt::Display for PlanDetails<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        for section in self.sections().into_iter().filter(|section| !section.lines.is_empty()) {
            if !is_first {
                formatter.write_str("\n")?;
            }
            is_first = false;
            writeln!(formatter, "{}\n", section.heading)?;
            let more = section.lines.len().saturating_sub(SECTION);
            let kept = if more > 0 { SECTION - 1 } else { SECTION };
            for line in section.lines.iter().take(kept) {
                writeln!(formatter, "{}", line.trim_end())?;
            }
            if more > 0 {
                writeln!(
                    formatter,
                    "{INDENT}… and {} more; the documents hold all of it.",
                    counted(more as u64 + 1, "line")
                )?;
            }
        }
        Ok(())
    }
}

/// The first few, and how many more there are.
fn some_of(names: &[String], most: usize) -> String {
    match names.len().checked_sub(most).filter(|more| *more > 0) {
        None => and(names),
        Some(more) => format!("{} and {more} more", names.get(..most).unwrap_or_default().join(", ")),
    }
}

fn are(weeks: &[u32]) -> String {
    format!("{} {}", ranges(weeks.iter().copied()), if weeks.len() == 1 { "is" } else { "are" })
}

fn why_first(gap: &CriterionGap) -> &'static str {
    match gap.urgency {
        Urgency::OpenConcern => "concern",
        Urgency::CriticalBelowTarget => "critical",
        Urgency::BelowRoleMinimum => "minimum",
        _ if gap.target_source == TargetSource::RoleMinimum => "minimum",
        _ => "",
    }
}

fn why_not(reason: ExclusionReason) -> &'static str {
    match reason {
        ExclusionReason::Repeated => "read before under the same reference.",
        ExclusionReason::AfterAsOf => "from after this day.",
        ExclusionReason::Draft => "still being written.",
        ExclusionReason::Superseded => "replaced by a later assessment.",
        ExclusionReason::Revised => "revised after a dispute.",
        ExclusionReason::SelfRating => "your own view; it opens the talk.",
        ExclusionReason::UnconfirmedMachine => "by a machine, and confirmed by nobody.",
        ExclusionReason::Contested => "disputed and not yet decided.",
        ExclusionReason::OutsideWindow => "older than the window.",
        ExclusionReason::EvidenceNeverCounts => "of a kind that never counts.",
        ExclusionReason::OtherScale => "given on another scale.",
        ExclusionReason::UnknownCriterion => "on a criterion that this form does not have.",
        ExclusionReason::OutrankedRater => "others who come first rated the same.",
        ExclusionReason::ShareUsedUp => "beyond the largest share of that kind of evidence.",
    }
}

/// A sentence for all activities that were left out for the same reason, where the single reasons name their numbers.
fn why_left_out(code: &str) -> Option<&'static str> {
    Some(match code {
        "crowded_out" => "A plan with it reaches less",
        "not_needed" => "As good, but dearer or no quicker; you may choose it",
        "not_proven" => "Not proven to be worse",
        "better_plan" | "better_found" => "A plan with it reaches more; a wish or a choice stands against it",
        "no_room" | "no_room_found" => "No choice of weeks has room for it",
        "other_level" => "For people at other levels of these criteria",
        "prerequisite_missing" => "Something else would have to come before it, and cannot",
        "left_out_on_request" => "You asked to leave it out",
        "closes_no_gap" => "Support, recognition or calibration; it closes no gap",
        _ => return None,
    })
}

fn setting(activity: &Activity) -> &'static str {
    match activity.modality {
        Modality::InPerson => "a room, and time together",
        Modality::RemoteLive => "a call, and a partner for it",
        Modality::SelfPaced => "time off the queue; you work alone",
        Modality::Blended => "a call or room, and time off the queue to work alone",
        Modality::OnTheJob => "with your team lead, which time of the day's work is freed for it",
    }
}
