use super::disclosure::{Column, decide};
use super::{CountRange, GroupThreshold, ReviewBand, TeamCell, TeamCriterion, TeamError, TeamSummary, TeamTally};
use crate::assessment::BarrierKind;
use crate::framework::Level;
use crate::rubric::RubricPin;
use crate::statistics::ConfidenceLevel;
use crate::value::strict::{choice, document, object, union};
use crate::value::{Count, Day, Fault, Faults, Key, Label, Rule, SchemaVersion, from_json, repeated};

document! {
    /// What may be shown of groups of people: a heat map of groups and criteria, with totals, and nothing of groups that are
    /// too small.
    ///
    /// Suppressed parts hold no number at all. What is shown leaves for every hidden count at least as many possible values
    /// as the threshold says, to a reader who knows the threshold and the rules: [`guide::teams`](crate::guide::teams) has
    /// the rules, the proof and the limits. Groups stand in the order of their names, never by their numbers, and people
    /// stand nowhere.
    ///
    /// ```
    /// use service_excellence::statistics::ConfidenceLevel;
    /// use service_excellence::team::GroupContent;
    /// use service_excellence::{Framework, GroupThreshold, Rubric, TeamCounter, TeamReport};
    ///
    /// let rubric = Rubric::for_channel(Framework::builtin(), "chat")?;
    /// let nobody = TeamCounter::new(&rubric, "2026-06-30".parse()?).empty();
    /// let groups = [("North".parse()?, nobody)];
    /// let report = TeamReport::new(&groups, GroupThreshold::default(), ConfidenceLevel::NINETY_FIVE)?;
    /// assert!(matches!(report.groups()[0].content, GroupContent::Suppressed { .. }));
    /// assert!(GroupThreshold::new(4).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct TeamReport {
        /// The version of this shape.
        schema_version: SchemaVersion,
        /// The rubric by which the people are judged.
        rubric: RubricPin,
        /// The day on which this was known.
        as_of: Day,
        /// The fewest people behind a number.
        threshold: GroupThreshold,
        /// The groups, by name.
        groups: Vec<TeamGroup>,
        /// All groups together.
        total: GroupContent,
    }
    checked by TeamReport::check
}

object! {
    /// A group of a report.
    pub struct TeamGroup {
        /// Its name.
        pub name: Label,
        /// What is shown of it.
        pub content: GroupContent,
    }
}

union! {
    /// What is shown of a group.
    pub enum GroupContent {
        /// There are enough people.
        Shown {
            /// Its numbers.
            summary: Box<TeamSummary>,
        },
        /// Nothing is shown.
        Suppressed {
            /// Why.
            reason: SuppressionReason,
        },
    }
}

choice! {
    /// Why something is not shown. One word for small groups and for those that protect them: two would tell them apart.
    pub enum SuppressionReason: "Why something is not shown" {
        /// There are too few people, or enough whose number would give away a group with too few.
        TooFewOrProtecting = "too_few_or_protecting",
        /// The total would give away what is hidden.
        TotalWouldTell = "total_would_tell",
    }
}

impl SuppressionReason {
    /// As a sentence for readers of a report; it tells small groups and those that protect them apart no more than the
    /// word does.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::TooFewOrProtecting => {
                "Not shown: too few people, or their number would give away another group that is too small."
            }
            Self::TotalWouldTell => "Not shown: the total would give away a group that is too small.",
        }
    }
}

impl GroupContent {
    /// The numbers, if they are shown.
    #[must_use]
    pub fn summary(&self) -> Option<&TeamSummary> {
        match self {
            Self::Shown { summary } => Some(summary),
            Self::Suppressed { .. } => None,
        }
    }
}

/// The hidden counts of one group, and what can be found out about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenCounts {
    /// The group.
    pub group: Label,
    /// How many people were reviewed, if that is hidden.
    pub reviewed: Option<CountRange>,
    /// How many people have a value on each criterion where that is hidden, with the criterion.
    pub rated: Vec<(Key, CountRange)>,
}

impl TeamReport {
    /// A report on groups that share no person.
    ///
    /// # Errors
    ///
    /// There are no groups; two have one name; they differ in rubric or day; they have more people together than a tally can
    /// hold.
    pub fn new(
        groups: &[(Label, TeamTally)],
        threshold: GroupThreshold,
        confidence: ConfidenceLevel,
    ) -> Result<Self, TeamError> {
        let table = Table::of(groups)?;
        let (first, others) = table.decide(threshold);
        let rows = table.rows.iter().enumerate().map(|(row, (name, tally))| {
            let is_hidden = |column: &Column| column.hidden.get(row).is_some_and(Option::is_some);
            let reasons =
                others.iter().map(|column| is_hidden(column).then_some(SuppressionReason::TooFewOrProtecting));
            let reason = is_hidden(&first).then_some(SuppressionReason::TooFewOrProtecting);
            Ok(TeamGroup { name: (*name).clone(), content: content(tally, reason, reasons, confidence)? })
        });
        let dropped = |column: &Column| (!column.total).then_some(SuppressionReason::TotalWouldTell);
        let total = content(&table.total, dropped(&first), others.iter().map(dropped), confidence)?;
        Ok(Self {
            schema: None,
            schema_version: SchemaVersion::default(),
            rubric: table.total.rubric().clone(),
            as_of: table.total.as_of(),
            threshold,
            groups: rows.collect::<Result<_, TeamError>>()?,
            total,
        })
    }

    /// The audit behind a report on the same groups: what can be found out about each hidden count, by group.
    ///
    /// The ranges follow from the numbers that the report shows, the threshold and the rules, so showing them tells nothing
    /// new. Each is at least as wide as the threshold.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn audit(groups: &[(Label, TeamTally)], threshold: GroupThreshold) -> Result<Vec<HiddenCounts>, TeamError> {
        let table = Table::of(groups)?;
        let (first, others) = table.decide(threshold);
        let range = |column: &Column, row: usize| {
            let (lowest, highest) = column.hidden.get(row).copied().flatten()?;
            Some(CountRange::new(lowest, highest))
        };
        let rows = table.rows.iter().enumerate().map(|(row, (name, tally))| {
            let rated = tally.criteria().iter().zip(&others);
            let rated = rated.filter_map(|(criterion, column)| Some((criterion.clone(), range(column, row)?)));
            HiddenCounts { group: (*name).clone(), reviewed: range(&first, row), rated: rated.collect() }
        });
        Ok(rows.filter(|one| one.reviewed.is_some() || !one.rated.is_empty()).collect())
    }

    /// Reads a report from JSON text.
    ///
    /// # Errors
    ///
    /// The text does not have the shape of a report (one fault, with its place), or it breaks rules (all of them).
    pub fn from_json(text: &str) -> Result<Self, Faults> {
        from_json(text)
    }

    /// The rubric by which the people are judged.
    #[must_use]
    pub fn rubric(&self) -> &RubricPin {
        &self.rubric
    }

    /// The day on which this was known.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// The fewest people behind a number.
    #[must_use]
    pub fn threshold(&self) -> GroupThreshold {
        self.threshold
    }

    /// The groups, by name.
    #[must_use]
    pub fn groups(&self) -> &[TeamGroup] {
        &self.groups
    }

    /// The group with this name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&TeamGroup> {
        self.groups.iter().find(|group| group.name.as_str() == name)
    }

    /// All groups together.
    #[must_use]
    pub fn total(&self) -> &GroupContent {
        &self.total
    }
}

/// Groups by name, and their sum.
struct Table<'a> {
    rows: Vec<(&'a Label, &'a TeamTally)>,
    total: TeamTally,
}

impl<'a> Table<'a> {
    fn of(groups: &'a [(Label, TeamTally)]) -> Result<Self, TeamError> {
        let mut rows: Vec<_> = groups.iter().map(|(name, tally)| (name, tally)).collect();
        // Any other order could tell something about sizes.
        rows.sort_unstable_by_key(|(name, _)| *name);
        if let Some((_, (name, _))) = repeated(&rows, |(name, _)| *name).first() {
            return Err(TeamError::NameRepeated((*name).clone()));
        }
        let ((_, first), others) = rows.split_first().ok_or(TeamError::NoGroups)?;
        let mut total = (*first).clone();
        others.iter().try_for_each(|(_, tally)| total.merge(tally))?;
        Ok(Self { rows, total })
    }

    fn decide(&self, threshold: GroupThreshold) -> (Column, Vec<Column>) {
        let column = |count: &dyn Fn(&TeamTally) -> u64| -> Vec<u64> {
            self.rows.iter().map(|(_, tally)| count(tally)).collect()
        };
        let rated: Vec<Vec<u64>> =
            (0..self.total.criteria().len()).map(|place| column(&|tally| tally.rated(place))).collect();
        decide(threshold.people(), &column(&TeamTally::reviewed), rated.iter().map(Vec::as_slice))
    }
}

fn content(
    tally: &TeamTally,
    reason: Option<SuppressionReason>,
    reasons: impl Iterator<Item = Option<SuppressionReason>>,
    confidence: ConfidenceLevel,
) -> Result<GroupContent, TeamError> {
    match reason {
        Some(reason) => Ok(GroupContent::Suppressed { reason }),
        None => Ok(GroupContent::Shown { summary: Box::new(TeamSummary::of(tally, reasons, confidence)?) }),
    }
}

pub(crate) const REPORT_RULES: &[Rule] =
    &[GROUPS_UNIQUE, SAME_CRITERIA, COUNTS_ADD_UP, REACHES_THRESHOLD, TOTAL_HIDES_GROUPS];

const GROUPS_UNIQUE: Rule = Rule::new("team_report_groups_unique", "each name occurs once in `groups`");
const SAME_CRITERIA: Rule = Rule::new(
    "team_report_same_criteria",
    "every shown summary has the same criteria in the same order, each once; no other rule but that of unique names is \
     judged before this one holds",
);
const COUNTS_ADD_UP: Rule = Rule::new(
    "team_report_counts_add_up",
    "in a shown summary `reviews` has the six bands in order, which sum to `people`, and `none` with `reviewed` is `people`; \
     `barriers` has each kind once, in order; in a shown cell `levels` has the levels 1 to 5 in order, which sum to \
     `people`, at most `reviewed`",
);
const REACHES_THRESHOLD: Rule = Rule::new(
    "team_report_reaches_threshold",
    "`reviewed` of every shown summary and `people` of every shown cell are at least `threshold`",
);
const TOTAL_HIDES_GROUPS: Rule = Rule::new(
    "team_report_total_hides_groups",
    "with a shown total, the suppressed groups are none or at least two, and the people of the total who are in no shown \
     group are then at least `threshold`, reviewed and, where the total of a criterion is shown, rated; a criterion's total \
     counts a group as suppressed where its cell is, and is the sum of the cells when all are shown, as `reviewed` of the \
     total is of the groups",
);

impl TeamReport {
    fn shown(&self) -> impl Iterator<Item = (String, &TeamSummary)> {
        let groups = self.groups.iter().enumerate();
        let groups = groups.map(|(index, group)| (format!("/groups/{index}/content"), &group.content));
        let all = groups.chain([("/total".to_owned(), &self.total)]);
        all.filter_map(|(path, content)| Some((path, content.summary()?)))
    }

    fn check(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (index, group) in repeated(&self.groups, |group| &group.name) {
            let message = format!("group `{}` stands here already", group.name);
            faults.push(Fault::new(GROUPS_UNIQUE, format!("/groups/{index}/name"), message));
        }
        let names =
            |summary: &TeamSummary| -> Vec<Key> { summary.criteria.iter().map(|one| one.criterion.clone()).collect() };
        let first = self.shown().next().map(|(_, summary)| names(summary)).unwrap_or_default();
        let others = self.shown().filter(|(_, summary)| names(summary) != first);
        let mut unlike: Vec<String> = others.map(|(path, _)| path).collect();
        unlike.extend(
            repeated(&first, |key| *key)
                .first()
                .map(|_| self.shown().map(|(path, _)| path).take(1))
                .into_iter()
                .flatten(),
        );
        for path in unlike {
            faults.push(Fault::new(SAME_CRITERIA, format!("{path}/summary/criteria"), "the criteria differ or repeat"));
        }
        if !faults.iter().any(|fault| fault.rule() == SAME_CRITERIA) {
            self.check_counts(&mut faults);
            self.check_total(first.len(), &mut faults);
        }
        Faults::none_of(faults)
    }

    fn check_counts(&self, faults: &mut Vec<Fault>) {
        let threshold = u32::from(self.threshold.get());
        for (path, summary) in self.shown() {
            let path = format!("{path}/summary");
            if !summary.adds_up() {
                faults.push(Fault::new(COUNTS_ADD_UP, path.clone(), "the counts do not add up"));
            }
            let cells = summary.criteria.iter().filter_map(|one| people(&one.cell));
            for count in cells.chain([summary.reviewed]).filter(|count| count.get() < threshold) {
                let message = format!("`{count}` people: allowed is {threshold} or more");
                faults.push(Fault::new(REACHES_THRESHOLD, path.clone(), message));
            }
        }
    }

    fn check_total(&self, criteria: usize, faults: &mut Vec<Fault>) {
        let Some(total) = self.total.summary() else { return };
        let mut check = |path: String, total: Count, parts: &mut dyn Iterator<Item = Option<Count>>| {
            let (mut hidden, mut shown) = (0, 0);
            parts.for_each(|part| match part {
                Some(count) => shown += u64::from(count.get()),
                None => hidden += 1,
            });
            let rest = u64::from(total.get()).checked_sub(shown);
            let is_safe = match hidden {
                0 => rest == Some(0),
                1 => false,
                _ => rest.is_some_and(|rest| rest >= self.threshold.people()),
            };
            if !is_safe {
                let message = format!("{total} in all, {shown} of them in shown groups, {hidden} groups hidden");
                faults.push(Fault::new(TOTAL_HIDES_GROUPS, path, message));
            }
        };
        let groups = || self.groups.iter().map(|group| group.content.summary());
        check("/total/summary/reviewed".to_owned(), total.reviewed, &mut groups().map(|one| Some(one?.reviewed)));
        for place in 0..criteria {
            let cell = |summary: &TeamSummary| people(&summary.criteria.get(place)?.cell);
            if let Some(rated) = cell(total) {
                let path = format!("/total/summary/criteria/{place}/cell");
                check(path, rated, &mut groups().map(|one| cell(one?)));
            }
        }
    }
}

fn people(cell: &TeamCell) -> Option<Count> {
    match cell {
        TeamCell::Shown { people, .. } => Some(*people),
        TeamCell::Suppressed { .. } => None,
    }
}

impl TeamSummary {
    fn adds_up(&self) -> bool {
        let sum = |counts: &mut dyn Iterator<Item = Count>| counts.map(|count| u64::from(count.get())).sum::<u64>();
        let people = u64::from(self.people.get());
        let none = self.reviews.first().map_or(0, |band| u64::from(band.people.get()));
        let is_cell_whole = |one: &TeamCriterion| match &one.cell {
            TeamCell::Shown { people, levels, .. } => {
                levels.iter().map(|one| one.level).eq(Level::all())
                    && sum(&mut levels.iter().map(|one| one.people)) == u64::from(people.get())
                    && *people <= self.reviewed
            }
            TeamCell::Suppressed { .. } => true,
        };
        self.reviews.iter().map(|one| one.reviews).eq(ReviewBand::ALL.iter().copied())
            && sum(&mut self.reviews.iter().map(|one| one.people)) == people
            && none + u64::from(self.reviewed.get()) == people
            && self.barriers.iter().map(|one| one.barrier).eq(BarrierKind::ALL.iter().copied())
            && self.criteria.iter().all(is_cell_whole)
    }
}
