//! Pages that take their worker down, each in its own way: all other pages come out, and each failure says what happened.

use crate::program::Place;

#[test]
fn a_page_that_kills_its_worker_costs_no_other_page() {
    let place = Place::new();
    let script = "ok 1\npanic\nok 3\nabort\nexit\nok 6\nrubbish\nencoding\nerror\nchatter 10\nonce 11\nleak\nsleep\nok 14\n";
    place.write("in/1.faults", script);
    place.write("in/2.faults", "ok a\nok b\n");
    place.write("in/3.faults", "count-abort\n");
    place.write("in/4.faults", "spin\n");
    let limits = "--stall-timeout 1 --page-timeout 3 --worker-memory 512";
    place.saraban(&format!("extract in --faults --out out --jobs 2 {limits}")).with(1);
    let failures = place.lines("out/failures.ndjson");
    let told: Vec<_> = failures
        .iter()
        .map(|line| {
            (line["path"].as_str().unwrap(), line["page"].as_u64(), line["code"].as_str().unwrap(), line["attempts"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("1.faults", Some(2), "worker.panicked", 2),
            ("1.faults", Some(4), "worker.aborted", 2),
            ("1.faults", Some(5), "worker.exited", 2),
            ("1.faults", Some(7), "worker.rubbish", 2),
            ("1.faults", Some(8), "worker.not_utf8", 2),
            ("1.faults", Some(9), "page.damaged", 1),
            ("1.faults", Some(12), "worker.memory_limit", 2),
            ("1.faults", Some(13), "worker.stalled", 2),
            ("3.faults", None, "worker.aborted", 2),
            ("4.faults", Some(1), "worker.time_limit", 2),
        ]
    );
    let pages: Vec<_> = place.lines("out/pages.ndjson").iter().map(|line| (line["source"]["path"].clone(), line["page"].clone())).collect();
    let expected: Vec<_> = [1, 3, 6, 10, 11, 14].map(|page| ("1.faults".into(), page.into())).into_iter().collect();
    assert_eq!(pages[..6], expected[..]);
    assert_eq!(pages.len(), 8);
    let message = failures[0]["message"].as_str().unwrap();
    assert!(message.starts_with("the worker panicked: panicked at ") && message.ends_with("on order; hint: report it"), "{message}");
    let run = place.run_json("out");
    assert_eq!((&run["recorded"], &run["incomplete"], &run["failed"]), (&2.into(), &1.into(), &2.into()));
}

#[test]
fn a_panic_in_this_process_costs_its_page_alone() {
    let place = Place::new();
    place.write("in/1.faults", "ok 1\npanic\nok 3\n");
    place.saraban("extract in --faults --out out --isolation none").with(1);
    assert_eq!(place.lines("out/failures.ndjson")[0]["code"], "worker.panicked");
    assert_eq!(place.lines("out/pages.ndjson").len(), 2);
}

#[test]
fn a_file_over_its_budget_keeps_the_pages_it_has() {
    let place = Place::new();
    place.write("in/1.faults", "slow 1\n".repeat(60));
    place.saraban("extract in --faults --out out --jobs 1 --document-timeout 1").with(1);
    let failures = place.lines("out/failures.ndjson");
    assert!(failures.iter().all(|line| line["code"] == "document.time_limit"));
    assert_eq!(failures.len() + place.lines("out/pages.ndjson").len(), 60);
    assert!(!place.lines("out/pages.ndjson").is_empty());
}

#[test]
fn a_run_stops_when_too_much_fails() {
    let place = Place::new();
    (0..60).for_each(|number| place.write(&format!("in/{number:02}.txt"), if number < 10 { "เรื่อง ก" } else { "" }));
    let told = place.saraban("extract in --out out --jobs 1 --max-failure-rate 0.5").with(1).err;
    assert!(told.contains("inputs failed, more than --max-failure-rate"), "{told}");
    let run = place.run_json("out");
    assert_eq!(run["state"], "stopped");
    assert!(run["failed"].as_u64().unwrap() < 50);
}
