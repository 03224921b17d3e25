//! Finds the model under which a team's ratings are most likely.

use super::{LevelFilter, LevelModel, ProgressWeek};
use crate::statistics::Undefined;

/// Fewer people than this say too little about how people differ.
const PEOPLE_NEEDED: usize = 5;

/// The default standard deviation of a week's change, and how far that of a team lies from it, by its logarithm.
const USUAL_WEEKLY_SD: f64 = 0.08;
const SPREAD_OF_WEEKLY_SD: f64 = 0.5;

/// A few weeks hardly tell how much a level wanders: the most likely answer is then often nothing at all, or far too much.
fn surprise_of_weekly(&[_, _, weekly, _]: &Point) -> f64 {
    0.5 * ((weekly - USUAL_WEEKLY_SD.ln()) / SPREAD_OF_WEEKLY_SD).powi(2)
}

pub(super) fn fit(team: &[Vec<ProgressWeek>]) -> Result<LevelModel, Undefined> {
    let is_followed = |weeks: &&Vec<ProgressWeek>| weeks.iter().filter(|week| week.ratings.is_some()).count() >= 2;
    let people = team.iter().filter(is_followed).count();
    if people < PEOPLE_NEEDED {
        return Err(Undefined::too_few_subjects(people, PEOPLE_NEEDED));
    }
    let misfit = |point: &Point| {
        let likelihood = model_at(point).and_then(|model| log_likelihood(&model, team).ok());
        likelihood.map_or(f64::INFINITY, |likelihood| -likelihood + surprise_of_weekly(point))
    };
    // The mean as it is; standard deviations by their logarithm, so that they stay positive.
    let best = lowest_point([3.0, 0.6_f64.ln(), USUAL_WEEKLY_SD.ln(), 0.8_f64.ln()], 0.4, misfit);
    best.and_then(|point| model_at(&point)).ok_or(Undefined::NotConverged {})
}

pub(super) fn log_likelihood(model: &LevelModel, team: &[Vec<ProgressWeek>]) -> Result<f64, Undefined> {
    let (mut sum, mut rated_weeks) = (0.0, 0_u64);
    for weeks in team {
        let mut filter = LevelFilter::new(model);
        for week in weeks {
            if let Some(log_score) = filter.log_score(week) {
                sum += log_score;
                rated_weeks += 1;
            }
            filter = filter.after(week);
        }
    }
    match rated_weeks {
        0 => Err(Undefined::NoData {}),
        _ if sum.is_finite() => Ok(sum),
        _ => Err(Undefined::OutOfRange {}),
    }
}

type Point = [f64; 4];

fn model_at(&[mean, between, weekly, rating]: &Point) -> Option<LevelModel> {
    let model = LevelModel::default().people(mean, between.exp()).ok()?;
    model.weekly_sd(weekly.exp()).ok()?.rating_sd(rating.exp()).ok()
}

/// Where `height` is lowest, by the simplex search of Nelder and Mead (1965); nothing when it does not settle.
fn lowest_point(start: Point, step: f64, height: impl Fn(&Point) -> f64) -> Option<Point> {
    const ROUNDS: usize = 2_000;
    // A model without weekly change is flat in that direction, so the heights decide, and the corners hardly.
    const FLAT: f64 = 1e-8;
    const NEAR: f64 = 0.01;
    let measured = |point: Point| (height(&point), point);
    let mut simplex = vec![measured(start)];
    for axis in 0..start.len() {
        let mut corner = start;
        *corner.get_mut(axis)? += step;
        simplex.push(measured(corner));
    }
    for _ in 0..ROUNDS {
        simplex.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (best, worst) = (*simplex.first()?, *simplex.last()?);
        if worst.0 - best.0 < FLAT && spread(&best.1, &worst.1) < NEAR {
            return Some(best.1);
        }
        simplex.pop();
        let centre = centre_of(&simplex);
        let second_worst = simplex.last()?.0;
        let towards = |share: f64| measured(between(&centre, &worst.1, share));
        let reflected = towards(-1.0);
        let replacement = if reflected.0 < best.0 {
            let expanded = towards(-2.0);
            if expanded.0 < reflected.0 { Some(expanded) } else { Some(reflected) }
        } else if reflected.0 < second_worst {
            Some(reflected)
        } else {
            let contracted = if reflected.0 < worst.0 { towards(-0.5) } else { towards(0.5) };
            (contracted.0 < reflected.0.min(worst.0)).then_some(contracted)
        };
        match replacement {
            Some(corner) => simplex.push(corner),
            None => {
                simplex.push(worst);
                simplex = simplex.into_iter().map(|(_, point)| measured(between(&best.1, &point, 0.5))).collect();
            }
        }
    }
    None
}

fn between(from: &Point, to: &Point, share: f64) -> Point {
    let mut point = *from;
    for (place, (start, end)) in point.iter_mut().zip(from.iter().zip(to)) {
        *place = start + share * (end - start);
    }
    point
}

fn centre_of(corners: &[(f64, Point)]) -> Point {
    let mut centre = Point::default();
    for (_, corner) in corners {
        for (sum, coordinate) in centre.iter_mut().zip(corner) {
            *sum += coordinate / corners.len() as f64;
        }
    }
    centre
}

fn spread(one: &Point, other: &Point) -> f64 {
    one.iter().zip(other).map(|(left, right)| (left - right).abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_finds_the_bottom_of_a_curved_valley() {
        // Rosenbrock's valley in two of the four directions, a bowl in the others.
        let height = |&[x, y, z, w]: &Point| {
            (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2) + (z + 2.0).powi(2) + 5.0 * (w - 0.5).powi(2)
        };
        let found = lowest_point([-1.2, 1.0, 0.0, 0.0], 0.5, height).unwrap();
        assert!(spread(&found, &[1.0, 1.0, -2.0, 0.5]) < 1e-3, "{found:?}");
    }

    #[test]
    fn a_search_without_a_bottom_ends() {
        assert_eq!(lowest_point([0.0; 4], 0.5, |&[x, ..]: &Point| x), None);
    }

    #[test]
    fn too_few_people_have_no_fit() {
        assert_eq!(fit(&[]).unwrap_err().to_string(), "there are 0 subjects; at least 5 are needed");
    }
}
