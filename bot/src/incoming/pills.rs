//! Pills: people in a message. Clients show a name and send the id beside it, in the formatted body only; a command
//! needs the id, and the name would otherwise become part of what was said.

use hearth_practices::words::MATRIX_TO;
use percent_encoding::percent_decode_str;

/// The body with the id of each person where their name stands, as far as the formatted body tells.
pub(super) fn with_ids(body: &str, html: &str) -> String {
    let mut done = String::with_capacity(body.len());
    let mut rest = body;
    for (name, id) in pills(html) {
        // Some clients write the link itself into the body.
        let forms = [format!("[{name}]({MATRIX_TO}{id})"), format!("@{name}"), name.clone()];
        let found = forms.iter().filter(|form| form.len() > 1 || !form.starts_with('@')).find_map(|form| {
            let at = rest.find(form.as_str())?;
            Some((at, form.len()))
        });
        if let Some((at, length)) = found {
            done.push_str(&rest[..at]);
            done.push_str(&id);
            rest = &rest[at + length..];
        }
    }
    done.push_str(rest);
    done
}

/// Names and ids of the people that a formatted body links to, in order.
fn pills(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(MATRIX_TO) {
        rest = &rest[at + MATRIX_TO.len()..];
        let Some(end) = rest.find(['"', '\'']) else { break };
        // `%40ana%3At` → `@ana:t`.
        let id = percent_decode_str(rest[..end].split('?').next().unwrap_or_default()).decode_utf8_lossy().into_owned();
        let Some((_, after)) = rest.split_once('>') else { break };
        let Some((name, after)) = after.split_once("</a>") else { break };
        let name = without_entities(name);
        rest = after;
        if id.starts_with('@') && id.contains(':') && !id.contains(char::is_whitespace) && !name.is_empty() {
            found.push((name, id));
        }
    }
    found
}

fn without_entities(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_in_every_form_that_clients_send() {
        let html = "!hearth action <a href=\"https://matrix.to/#/@ana:t\">Ana &amp; Co</a> books the room";
        for body in ["!hearth action Ana & Co books the room", "!hearth action @Ana & Co books the room"] {
            assert_eq!(with_ids(body, html), "!hearth action @ana:t books the room");
        }
        let html = "<p>action <a data-x=\"\" href='https://matrix.to/#/%40ana%3At?via=t'>Ana</a>, <a href=\"https://matrix.to/#/@ben:t\">Ana</a></p>";
        assert_eq!(with_ids("action [Ana](https://matrix.to/#/@ana:t), Ana", html), "action @ana:t, @ben:t");
    }

    #[test]
    fn what_is_no_pill_stays() {
        for html in [
            "",
            "<a href=\"https://matrix.to/#/!room:t\">Ana</a>",
            "<a href=\"https://matrix.to/#/@ana:t",
            "%",
            "<a href=\"https://matrix.to/#/%4\">x</a>",
        ] {
            assert_eq!(with_ids("Ana & x", html), "Ana & x");
        }
    }
}
