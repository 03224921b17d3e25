//! What raters of the contact centre write: reasons for answers without a step, and short notes.

use service_excellence::assessment::BarrierKind;
use service_excellence::framework::Basis;

/// A criterion, in how many of 100 contacts it has no step, and why.
pub(crate) type WithoutStep = (&'static str, u32, &'static str);

/// Where "not applicable" is answered.
pub(crate) const NOT_APPLICABLE: &[WithoutStep] = &[
    ("perspective_taking", 4, "A routine request without a stated effect."),
    ("sincere_acknowledgement", 10, "Nothing went wrong and no feeling was expressed."),
    ("expectation_setting", 8, "Settled within the contact; nothing was left to do."),
    ("diagnosis", 8, "A simple request with no fault to find."),
    ("option_judgement", 6, "Only one lawful option existed."),
    ("prioritisation_under_pressure", 12, "Contacts were fed one at a time."),
    ("recurrence_prevention", 3, "No route exists for raising this improvement."),
    ("ai_tool_judgement", 14, "No AI tool is available in this queue."),
    ("purposeful_personalisation", 9, "An anonymous contact; no history exists."),
    ("composure_under_pressure", 7, "No pressure in this contact."),
    ("patience_with_pace", 9, "A brief transaction with no need for extra time."),
    ("recovery_after_setbacks", 22, "No setback occurred."),
    ("constructive_outlook", 6, "Only routine work was seen."),
    ("boundaries_and_support", 38, "No abusive or unsafe contact occurred."),
];

/// Where "not observed" is answered.
pub(crate) const NOT_OBSERVED: &[WithoutStep] = &[
    ("ownership_to_resolution", 4, "The follow-up lay after the contact."),
    ("recurrence_prevention", 12, "Nothing about the cause was said or written."),
    ("system_fluency", 9, "The screen was not recorded."),
    ("record_quality", 7, "The case note was not in the sample."),
    ("ai_tool_judgement", 8, "The screen was not recorded."),
    ("recovery_after_setbacks", 8, "The next contact was not in the sample."),
];

/// How often, and why, a rater who saw one event only has nothing to say about a criterion.
pub(crate) const fn not_in_event(basis: Basis) -> Option<(u32, &'static str)> {
    match basis {
        Basis::PeerFeedback => Some((35, "Not part of the event described.")),
        Basis::WorkRecord => Some((30, "The record does not show it.")),
        _ => None,
    }
}

/// What is noted at a low step.
pub(crate) const LOW_NOTES: &[(&str, &str)] = &[
    ("emotion_recognition", "Missed that the customer was worried."),
    ("perspective_taking", "Did not ask what the delay meant for the customer."),
    ("sincere_acknowledgement", "A stock apology before the story was told."),
    ("respectful_inclusion", "Used the wrong form of address twice."),
    ("active_listening", "Asked again for what had been said."),
    ("clarity_and_concision", "Three terms only colleagues know."),
    ("accurate_and_honest_information", "Quoted last year's fee; corrected later."),
    ("channel_and_audience_fit", "Letter wording in a chat."),
    ("expectation_setting", "No date and no next step given."),
    ("diagnosis", "Tried a fix before asking when it began."),
    ("option_judgement", "Offered one way although two were open."),
    ("ownership_to_resolution", "Passed on without a word to the customer."),
    ("prioritisation_under_pressure", "The urgent case waited behind easy ones."),
    ("recurrence_prevention", "Third case of this kind, not raised."),
    ("system_fluency", "Searched four screens for the order."),
    ("record_quality", "The note lacks what was promised."),
    ("ai_tool_judgement", "Sent the draft answer unread."),
    ("purposeful_personalisation", "Ignored the history on the screen."),
    ("data_protection", "Checked one detail of identity instead of two."),
    ("composure_under_pressure", "Voice rose when challenged."),
    ("patience_with_pace", "Finished the customer's sentences."),
    ("recovery_after_setbacks", "Carried the mood into the next contact."),
    ("constructive_outlook", "Blamed the other team to the customer."),
    ("boundaries_and_support", "Stayed on an abusive contact without help."),
];

/// What is noted at the highest step, on any criterion.
pub(crate) const HIGH_NOTES: &[&str] =
    &["Others reuse this.", "Prevented a second contact.", "A model for the team.", "Left a clear practice behind."];

/// Something that stood in the way, the criterion it touched, and what happened.
pub(crate) const BARRIERS: &[(BarrierKind, &str, &str)] = &[
    (BarrierKind::Tool, "system_fluency", "The customer system was slow all morning."),
    (BarrierKind::Policy, "option_judgement", "The refund rule left no choice."),
    (BarrierKind::Process, "ownership_to_resolution", "Cases cannot be followed after hand-over."),
    (BarrierKind::Information, "accurate_and_honest_information", "The article in the knowledge base was out of date."),
    (BarrierKind::Authority, "option_judgement", "The credit needed a lead, and none was free."),
    (BarrierKind::Workload, "patience_with_pace", "Forty customers were waiting."),
    (BarrierKind::Training, "ai_tool_judgement", "No training on the new assistant yet."),
];
