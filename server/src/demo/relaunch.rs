//! Website relaunch: a project in English.

use super::plan::{COLUMNS_EN, Job, Plan, job};

/// The project.
pub(super) fn plan() -> Plan {
    Plan {
        slug: "relaunch",
        name: "Website relaunch",
        lead: "sophie.turner",
        contact: "Sophie Turner, extension 8503",
        background: "The company’s website is five years old. Half of the visitors come on a phone and leave within ten seconds; the English pages still describe products that are no longer sold.",
        problem: "Visitors do not find what they came for, and sales gets fewer than ten enquiries a week from the site.",
        results: &[
            "Largest contentful paint under 2.5 s on a mid-range phone",
            "Thirty enquiries a week within two months",
            "Every page complete in Chinese and English",
        ],
        open: true,
        start: -20,
        milestones: &[
            ("Site map agreed", -12, true),
            ("Design approved", 3, false),
            ("Content complete", 16, false),
            ("Launch", 30, false),
        ],
        departments: &[
            ("marketing", "sophie.turner", "Content and launch"),
            ("frontend", "emma.wilson", "Build"),
            ("design", "lucas.martin", "Visual design"),
        ],
        members: &["daniel.chen", "priya.nair"],
        observers: &["gao.yuan"],
        columns: COLUMNS_EN,
        tasks: [backlog(), to_do(), doing(), review(), done()],
    }
}

fn backlog() -> Vec<Job> {
    vec![
        job("Customer stories section", "luo.wei").low().labels(&["content"]),
        job("Chat widget for enquiries", "xu.nuo")
            .low()
            .labels(&["build"])
            .said("sophie.turner", "Only if it does not block the first paint."),
        job("Careers page", "zhou.ning").low().labels(&["build"]),
    ]
}

fn to_do() -> Vec<Job> {
    vec![
        job("Product pages: final copy", "luo.wei")
            .due(9)
            .high()
            .labels(&["content"])
            .hours(24)
            .after("Site map", 2)
            .steps(&[("Cloud desk", false), ("Field app", false), ("Analytics", false)]),
        job("Redirects from old addresses", "daniel.chen").due(14).labels(&["build"]).hours(8).about(
            "Every address with more than ten visits a month keeps working. The list is in the analytics export.",
        ),
        job("Accessibility review", "emma.wilson").due(18).labels(&["quality"]).after("Home page build", 3),
        job("Launch announcement", "tang.yue").due(26).labels(&["launch"]),
    ]
}

fn doing() -> Vec<Job> {
    vec![
        job("Home page design", "lucas.martin")
            .due(2)
            .high()
            .labels(&["design"])
            .hours(30)
            .with(&["sophie.turner"])
            .after("Site map", 2)
            .about("One message, one picture, one action. **Works at 360 px first.**")
            .at(75, "Third round; hero picture open")
            .said(
                "sophie.turner",
                "Lovely. @Lucas Martin can the call to action be visible without scrolling on a small phone?",
            )
            .said("lucas.martin", "Yes, I will trade some of the picture for it."),
        job("Home page build", "emma.wilson")
            .due(7)
            .high()
            .labels(&["build"])
            .hours(36)
            .after("Home page design", 3)
            .at(30, "Layout and fonts in"),
        job("Content management set-up", "priya.nair")
            .due(4)
            .labels(&["build"])
            .at(50, "Roles done, preview missing")
            .waits_for("marketing", "The list of editors and what each may publish"),
        job("English style guide", "sophie.turner")
            .due(-1)
            .labels(&["content"])
            .at(60, "One day late: waiting for the product names"),
        job("Image pipeline", "daniel.chen")
            .due(5)
            .labels(&["build"])
            .hours(12)
            .about("AVIF with a JPEG fallback, three widths, made at upload.")
            .at(45, "Encoder chosen"),
    ]
}

fn review() -> Vec<Job> {
    vec![
        job("Icon set", "bai.lu").due(1).labels(&["design"]).at(100, ""),
        job("Hosting and TLS", "daniel.chen")
            .due(0)
            .labels(&["build"])
            .at(100, "Staging is up; the certificate renews automatically"),
    ]
}

fn done() -> Vec<Job> {
    vec![
        job("Site map", "sophie.turner")
            .due(-12)
            .high()
            .labels(&["content"])
            .about("Twenty-two pages instead of ninety."),
        job("Analytics of the old site", "priya.nair").due(-15).labels(&["quality"]),
        job("Kick-off", "sophie.turner").due(-19),
        job("Interviews with ten visitors", "luo.wei").due(-13).labels(&["content"]),
    ]
}
