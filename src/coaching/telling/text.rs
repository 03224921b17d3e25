//! The first screen in English: blocks with a label, each of so many lines at most that all of them fit.

use super::layout::{COLUMNS, column, shorten, wrap_at_most};
use super::words::Words;
use super::{PlanSummary, SummaryLine};
use crate::coaching::GoalStatus;
use crate::value::{Key, Score};

/// How wide the labels at the left are.
const LABEL: usize = 12;
/// What is left for the text.
const TEXT: usize = COLUMNS - LABEL;
/// How wide names in the table of goals are, and each of its numbers.
const NAME: usize = 39;
const NUMBER: usize = 9;
/// How many goals stand on a page at most.
const GOALS: usize = 3;
const SCALE: &str = "on the scale from 1 to 5";

/// Lines of the page that belong together.
struct Block {
    lines: Vec<String>,
    /// Whether a blank line before it helps; they stand where there is room.
    stands_apart: bool,
}

impl Block {
    /// Paragraphs, each from the next line on, with a label before the first; `most` lines in all.
    fn of(label: &str, paragraphs: &[String], most: usize) -> Self {
        let mut lines: Vec<String> = Vec::new();
        for (place, paragraph) in paragraphs.iter().enumerate() {
            // Each paragraph still to come keeps one line.
            let kept = paragraphs.len() - place - 1;
            let room = most.saturating_sub(lines.len() + kept).max(1);
            lines.extend(wrap_at_most(paragraph, TEXT, room));
        }
        lines.truncate(most);
        let labelled = lines.iter().enumerate().map(|(place, line)| {
            let label = if place == 0 { label } else { "" };
            format!("{label:<LABEL$}{line}")
        });
        Self { lines: labelled.collect(), stands_apart: false }
    }

    fn apart(self) -> Self {
        Self { stands_apart: true, ..self }
    }
}

pub(super) fn of(summary: &PlanSummary) -> String {
    let words = Words::of(summary);
    let goals = goals(summary, &words);
    let concerns = words.concerns();
    let sentence = |text: String| [text];
    let mut blocks = vec![
        Block { lines: vec![words.title()], stands_apart: false },
        Block::of("Next step", &sentence(words.next_steps()), 2).apart(),
        Block::of("Standing", &sentence(words.standing()), 3),
        Block::of("To mend", &sentence(words.mistake()), 3),
        Block::of("Known from", &sentence(words.evidence()), 2),
        Block::of(words.praise_label(), &sentence(words.praise()), 2),
        Block::of(if concerns.len() > 2 { "Concerns" } else { "Concern" }, &concerns, 3).apart(),
        goals.apart(),
        Block::of("Growth", &words.growth(), 12).apart(),
        Block::of(words.session_label(), &sentence(words.sessions()), 2).apart(),
        Block::of("Then", &sentence(words.afterwards()), 1),
        Block::of("Ask", &sentence(words.whom_to_ask()), 1),
    ];
    blocks.retain(|block| !block.lines.is_empty());
    page(blocks, &words.if_there_is_room())
}

/// The blocks one after the other, with what there is room for: first sentences, then blank lines.
fn page(blocks: Vec<Block>, more: &[(&str, String)]) -> String {
    let mut blocks = blocks;
    let mut used: usize = blocks.iter().map(|block| block.lines.len()).sum();
    for (label, sentence) in more {
        let block = Block::of(label, std::slice::from_ref(sentence), 2);
        if !block.lines.is_empty() && used + block.lines.len() <= PlanSummary::MAX_LINES {
            used += block.lines.len();
            blocks.push(block);
        }
    }
    let mut lines = Vec::new();
    for block in blocks {
        if block.stands_apart && !lines.is_empty() && used < PlanSummary::MAX_LINES {
            lines.push(String::new());
            used += 1;
        }
        lines.extend(block.lines);
    }
    lines.truncate(PlanSummary::MAX_LINES);
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// A table of the goals: now, expected and target, or start, now and target of a plan under way. What would allow an
/// activity stands below its goal.
fn goals(summary: &PlanSummary, words: &Words<'_>) -> Block {
    let value = |score: Score| score.on_level_scale(2);
    let mut rows: Vec<(Option<&Key>, String)> = Vec::new();
    let mut is_planned = false;
    for line in summary.lines() {
        match line {
            SummaryLine::Goal { criterion, name, score, expected, target, status, .. } => {
                if rows.is_empty() {
                    rows.push((None, row([SCALE, "now", "expected", "target"])));
                }
                let none = matches!(status, GoalStatus::NotPlanned | GoalStatus::Later);
                is_planned |= !none;
                let expected = if none { "–".to_owned() } else { value(*expected) };
                rows.push((Some(criterion), row([name.as_str(), &value(*score), &expected, &value(*target)])));
            }
            SummaryLine::AgreedGoal { criterion, name, baseline, now, target, .. } => {
                if rows.is_empty() {
                    rows.push((None, row([SCALE, "start", "now", "target"])));
                }
                let now = now.map_or_else(|| "–".to_owned(), value);
                rows.push((Some(criterion), row([name.as_str(), &value(*baseline), &now, &value(*target)])));
            }
            _ => {}
        }
    }
    rows.truncate(1 + GOALS);
    let mut lines = Vec::new();
    for (criterion, row) in rows {
        lines.push(row);
        lines.extend(criterion.and_then(|criterion| words.unlock(criterion, TEXT)));
    }
    if !lines.is_empty() {
        lines.extend(words.below_goals(is_planned).map(|line| shorten(&line, TEXT)));
    }
    let label = |place: usize| if place == 0 { "Goals" } else { "" };
    let lines = lines.iter().enumerate().map(|(place, line)| format!("{:<LABEL$}{line}", label(place)));
    Block { lines: lines.collect(), stands_apart: false }
}

fn row([name, one, two, three]: [&str; 4]) -> String {
    format!("{}{one:>NUMBER$}{two:>NUMBER$}{three:>NUMBER$}", column(name, NAME))
}
