//! Writes the JSON Schemas of every document, and the rules that a schema cannot state, to a folder of yours.
//!
//! ```sh
//! cargo run --example export_schemas                                  # what there is
//! cargo run --example export_schemas -- schemas                       # draft 2020-12
//! cargo run --example export_schemas -- --draft 07 schemas            # for editors and older validators
//! ```

#[expect(dead_code, reason = "other examples need the rest")]
mod common;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use common::Failure;
use common::arguments::Arguments;
use common::nearest::known;
use common::output::say;
use service_excellence::schema::{Draft, RuleEntry, SchemaDocument, bundle, documents, rules};

const HELP: &str = "\
export_schemas [OPTIONS] [FOLDER]

Writes the JSON Schemas of every document to a folder, and the rules that a
schema cannot state. Without a folder it lists what there is.

  --draft DRAFT  2020-12, or 07 for editors and older validators (2020-12)
";

fn main() -> ExitCode {
    common::run(HELP, program)
}

fn program(mut arguments: Arguments) -> Result<ExitCode, Failure> {
    let draft = match arguments.option::<String>("--draft")? {
        Some(name) => draft_called(&name)?,
        None => Draft::default(),
    };
    let folder = arguments.last()?;
    let schemas: Vec<SchemaDocument> = documents().into_iter().chain([bundle()]).collect();
    match folder {
        Some(folder) => write(folder.as_ref(), &schemas, draft)?,
        None => list(&schemas, draft)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn draft_called(name: &str) -> Result<Draft, Failure> {
    let find = |name: &str| Draft::ALL.into_iter().find(|draft| draft.as_str() == name);
    known("draft", name, Draft::ALL.into_iter().map(Draft::as_str), find)
}

fn write(folder: &Path, schemas: &[SchemaDocument], draft: Draft) -> Result<(), Failure> {
    let refused = |error| format!("expected a folder that can be written to, found `{}`: {error}", folder.display());
    fs::create_dir_all(folder).map_err(refused)?;
    for one in schemas {
        let text = serde_json::to_string_pretty(&one.schema_in(draft))?;
        fs::write(folder.join(format!("{}.schema.json", one.name())), text + "\n").map_err(refused)?;
    }
    let (joint_rules, rules): (Vec<_>, Vec<_>) = rules().into_iter().partition(RuleEntry::is_joint);
    let rules = serde_json::json!({ "rules": rules, "joint_rules": joint_rules });
    fs::write(folder.join("rules.json"), serde_json::to_string_pretty(&rules)? + "\n").map_err(refused)?;
    say!("{} schemas of draft {} and rules.json are in {}", schemas.len(), draft.as_str(), folder.display());
    Ok(())
}

fn list(schemas: &[SchemaDocument], draft: Draft) -> Result<(), Failure> {
    say!("{:<38}{:<20}{:>8}", "file", "type", "bytes");
    for one in schemas {
        let bytes = serde_json::to_string_pretty(&one.schema_in(draft))?.len() + 1;
        say!("{:<38}{:<20}{bytes:>8}", format!("{}.schema.json", one.name()), one.title());
    }
    say!("rules.json: {} rules that a schema cannot state", rules().len());
    say!("\nGive a folder to write them there: export_schemas [--draft 2020-12|07] FOLDER");
    Ok(())
}
