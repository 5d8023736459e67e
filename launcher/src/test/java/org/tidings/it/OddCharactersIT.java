package org.tidings.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidings.it.Site.site;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.SoftAssertions;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The table of odd characters ({@code odd-characters.txt}) through every field that a person or a program can fill: refused at the door,
 * by name, or right everywhere behind it (REP-04, REP-16).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddCharactersIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BASIS = "They signed a list at our desk in the hall.";

    private final HttpBrowser staff = Crew.administrator();
    private final String token =
            Crew.token("NEWSLETTERS_WRITE", "NEWSLETTERS_SEND", "SUBSCRIBERS", "ANNOUNCEMENTS", "ACCOUNTS");
    private final String csrf = staff.get("/me/tokens").formTo("/me/tokens").value("_csrf");
    private final List<Row> table = table();

    /** @param expected refused, half or nul (which cannot be in a form at all), right */
    private record Row(String expected, String name, String text) {
        boolean isRight() {
            return expected.equals("right");
        }

        boolean turnsDirection() {
            return text.codePoints()
                    .anyMatch(c -> c == 0x061C
                            || (c >= 0x200E && c <= 0x200F)
                            || (c >= 0x202A && c <= 0x202E)
                            || (c >= 0x2066 && c <= 0x2069));
        }

        /** As it is named where it is refused. */
        String code() {
            return name;
        }
    }

    /** A JSON call with one field. */
    private record Call(String path, String field, String json) {}

    /** A form with one field. */
    private record Sheet(String path, String field, Map<String, String> others) {}

    private static List<Row> table() {
        try (InputStream in = OddCharactersIT.class.getResourceAsStream("/odd-characters.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 3))
                    .map(row -> new Row(row[0], row[1], unescaped(row[2])))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    @Test
    void programsAreToldWhichCharacterOfWhichField_REP04_REP16() {
        String newsletter = newsletter("odd-api");
        List<Call> calls = new ArrayList<>();
        for (String field : List.of("name", "description", "cadence", "sample")) {
            calls.add(new Call(
                    "/api/v1/newsletters",
                    field,
                    "{\"slug\":\"SLUG\",\"name\":\"A\",\"description\":\"B\",\"cadence\":\"C\",\"sample\":\"D\"}"));
        }
        for (String field : List.of("subject", "preheader", "markdown")) {
            calls.add(new Call(
                    "/api/v1/newsletters/" + newsletter + "/issues",
                    field,
                    "{\"subject\":\"A\",\"preheader\":\"B\",\"markdown\":\"C\"}"));
        }
        for (String field : List.of("headline", "what", "affected", "impact", "action", "contact", "ifMissed")) {
            calls.add(
                    new Call(
                            "/api/v1/announcements",
                            field,
                            "{\"type\":\"security\",\"texts\":{\"en\":{\"headline\":\"A\",\"what\":\"B\",\"affected\":\"C\",\"impact\":\"D\",\"action\":\"E\",\"contact\":\"F\",\"ifMissed\":\"G\"}}}"));
        }
        calls.add(new Call("/api/v1/accounts/search", "text", "{\"text\":\"A\"}"));
        SoftAssertions soft = new SoftAssertions();
        for (Call call : calls) {
            for (Row row : table) {
                String body = call.json()
                        .replace("SLUG", "odd-" + UUID.randomUUID())
                        .replaceFirst(
                                "\"" + call.field() + "\":\"[^\"]*\"",
                                "\"" + call.field() + "\":\""
                                        + escaped(row.text()).replace("\\", "\\\\") + "\"");
                HttpResponse<String> answer = api("POST", call.path(), body);
                String what = call.path() + " " + call.field() + " " + row.name() + ": " + answer.body();
                if (row.isRight()) {
                    soft.assertThat(answer.statusCode()).as(what).isIn(200, 201);
                    if (answer.statusCode() == 201 && !call.field().equals("sample")) { // which is on its page alone
                        soft.assertThat(strings(answer.body())).as(what).contains(row.text());
                    }
                } else {
                    soft.assertThat(answer.statusCode()).as(what).isEqualTo(422);
                    soft.assertThat(answer.body())
                            .as(what)
                            .contains("\"pointer\":", "/" + call.field() + "\"", row.code() + " ", " at position ");
                }
            }
        }
        soft.assertAll();
    }

    @Test
    void peopleAreToldWhichCharacterOfWhichField_REP04_REP16() {
        String policy = staff.request(
                        "POST", "/staff/policies/privacy/draft", "_csrf=" + csrf, Map.of("Content-Type", FORM))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        policy = policy.substring(policy.indexOf("/staff/"));
        Map<String, String> kept = fields(policy, policy);
        List<Sheet> sheets = new ArrayList<>();
        for (String field : List.of("name", "phone")) {
            sheets.add(new Sheet(
                    "/me/profile",
                    field,
                    Map.of("name", "Root", "language", "en", "wishes", field.replace("name", "email"))));
        }
        for (String field : List.of("name", "description", "cadence", "sample")) {
            sheets.add(new Sheet(
                    "/staff/newsletters/new",
                    field,
                    Map.of("slug", "SLUG", "name", "A", "description", "B", "cadence", "C", "language", "en")));
        }
        for (String field : List.of("subject", "preheader", "markdown")) {
            sheets.add(new Sheet(
                    "/staff/issues/new", field, Map.of("newsletter", "odd-forms", "subject", "A", "markdown", "C")));
        }
        for (String field : List.of("headline", "what", "affected", "impact", "action", "contact", "if-missed")) {
            for (String language : List.of("en.", "de.")) {
                sheets.add(new Sheet(
                        "/staff/announcements/new",
                        language + field,
                        Map.of("type", "security", "undo", "0", "zone", "UTC", "en.headline", "A")));
            }
        }
        for (String field : List.of("en.summary", "en.markdown", "de.markdown")) {
            sheets.add(new Sheet(policy, field, kept));
        }
        sheets.add(new Sheet("/me/tokens", "label", Map.of("days", "30", "scope", "ANNOUNCEMENTS")));
        newsletter("odd-forms");
        SoftAssertions soft = new SoftAssertions();
        for (Sheet sheet : sheets) {
            for (Row row : table) {
                if (row.isRight()
                        && (sheet.path().equals(policy) || sheet.field().equals("phone"))) {
                    continue; // its revision moves on; a number is of digits
                }
                String what = sheet.path() + " " + sheet.field() + " " + row.name();
                HttpResponse<String> answer = send(staff, sheet, row);
                if (row.isRight() && namesSomebody(sheet) && row.turnsDirection()) {
                    soft.assertThat(answer.statusCode()).as(what).isEqualTo(422); // REV-M2
                } else if (row.isRight()) {
                    soft.assertThat(answer.statusCode())
                            .as(what + answer.body())
                            .isIn(200, 303);
                } else if (!row.expected().equals("refused")) {
                    soft.assertThat(answer.statusCode()).as(what).isEqualTo(400);
                } else {
                    soft.assertThat(answer.statusCode()).as(what).isEqualTo(422);
                    soft.assertThat(Jsoup.parse(answer.body()).select("#errors").text())
                            .as(what)
                            .contains(row.code() + " ");
                }
            }
        }
        for (Row row : table.stream()
                .filter(row -> row.isRight() && !row.turnsDirection())
                .toList()) {
            send(staff, sheets.get(0), row);
            soft.assertThat(staff.get("/me/profile").formTo("/me/profile").value("name"))
                    .as(row.name())
                    .isEqualTo(Normalizer.normalize(row.text(), Normalizer.Form.NFC));
        }
        send(staff, sheets.get(0), new Row("right", "", "Root"));
        send(staff, new Sheet(policy + "/discard", "ignored", Map.of()), new Row("right", "", ""));
        soft.assertAll();
    }

    /** What stands in a line of a mail's head or of its greeting. */
    private static boolean namesSomebody(Sheet sheet) {
        return sheet.path().equals("/me/tokens")
                || (sheet.field().equals("name") && sheet.path().equals("/me/profile"));
    }

    /** Fields in which nothing is kept: an address, what is searched for, a reason. They may refuse more, and nothing breaks. */
    @Test
    void nothingOddBreaksWhatLooksForPeople_REP04() {
        SoftAssertions soft = new SoftAssertions();
        List<Sheet> sheets = List.of(
                new Sheet("/subscribe", "address", Map.of("newsletter", "odd-search")),
                new Sheet("/reset", "address", Map.of()),
                new Sheet("/staff/people/invite", "address", Map.of("role", "EDITOR")),
                new Sheet("/staff/suppressed", "address", Map.of()),
                new Sheet("/staff/accounts", "text", Map.of()));
        newsletter("odd-search");
        for (Sheet sheet : sheets) {
            HttpBrowser browser = sheet.path().startsWith("/staff") ? staff : site().browser();
            for (Row row : table) {
                Row typed = sheet.field().equals("address")
                        ? new Row(row.expected(), row.name(), row.text().replace(" ", "") + "@example.net")
                        : row;
                int status = send(browser, sheet, typed).statusCode();
                soft.assertThat(status)
                        .as(sheet.path() + " " + row.name())
                        .isIn(row.isRight() ? List.of(200, 303, 422) : List.of(400, 422));
            }
        }
        for (Row row : table) {
            if (!row.expected().equals("nul") && !row.expected().equals("half")) {
                soft.assertThat(send(
                                        staff,
                                        new Sheet("/staff/subscribers", "q", Map.of("newsletter", "odd-search")),
                                        row)
                                .statusCode())
                        .as("search " + row.name())
                        .isLessThan(500);
                int status = api(
                                "POST",
                                "/api/v1/newsletters/" + newsletter("odd-basis") + "/subscribers?basis="
                                        + URLEncoder.encode(BASIS + row.text(), StandardCharsets.UTF_8),
                                "address\n")
                        .statusCode();
                soft.assertThat(status).as("basis " + row.name()).isLessThan(500);
            }
        }
        soft.assertAll();
    }

    /** Through an import, a mail of one's own, the archive, feed, export and API. */
    @Test
    void whatIsTakenIsRightEverywhere_REP04() throws Exception {
        String newsletter = newsletter("odd-mails");
        // Marks around a name come from where it was copied, and are taken off.
        List<Row> right = table.stream()
                .filter(row -> row.isRight() && !row.name().equals("marks of direction"))
                .toList();
        Map<String, Row> readers = new LinkedHashMap<>();
        right.forEach(row -> readers.put(Site.fresh("odd"), row));
        String rows = readers.entrySet().stream()
                .map(reader ->
                        reader.getKey() + ",\"" + reader.getValue().text().replace("\"", "\"\"") + "\"\n")
                .collect(Collectors.joining());
        // A list is not typed: its names come in without what no name can hold.
        List<Row> refused =
                table.stream().filter(row -> row.expected().equals("refused")).toList();
        for (Row row : refused) {
            var imported = imports(newsletter, "address,name\n" + Site.fresh("cleaned") + "," + row.text() + "\n");
            assertThat(imported.body()).as(row.name()).contains("\"added\":1");
        }
        assertThat(strings(api("GET", "/api/v1/newsletters/" + newsletter + "/subscribers", "")
                        .body()))
                .doesNotContainAnyElementsOf(refused.stream().map(Row::text).toList())
                .anyMatch(text -> text.startsWith("cleaned"));
        assertThat(imports(newsletter, "address,name\n" + rows).body()).contains("\"added\":" + readers.size());

        String text = right.stream()
                .map(row -> row.text().replace("<b>", "").replace("</b>", ""))
                .collect(Collectors.joining("\n\n"));
        JsonObject draft = json(api(
                "POST",
                "/api/v1/newsletters/" + newsletter + "/issues",
                Json.createObjectBuilder()
                        .add("subject", "For {{name}}")
                        .add("markdown", "Dear {{name}}!\n\n" + text)
                        .build()
                        .toString()));
        api(
                "POST",
                "/api/v1/issues/" + draft.getString("id") + "/send",
                "{\"version\":" + draft.getInt("version") + "}");

        SoftAssertions soft = new SoftAssertions();
        readers.forEach((address, row) -> {
            var mail = site().mails().to(address, "For ");
            soft.assertThat(mail.subject()).as(row.name()).isEqualTo("For " + row.text());
            soft.assertThat(mail.text()).as(row.name()).contains("Dear " + row.text() + "!");
            soft.assertThat(Jsoup.parse(mail.html()).wholeText()).as(row.name()).contains("Dear " + row.text() + "!");
        });
        String csv =
                staff.get("/staff/subscribers/export.csv?newsletter=odd-mails").body();
        String listed = api("GET", "/api/v1/newsletters/" + newsletter + "/subscribers", "")
                .body();
        String page =
                staff.get("/staff/subscribers?newsletter=odd-mails").document().wholeText();
        String feed = feedWithItsIssue();
        var parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(feed.getBytes(StandardCharsets.UTF_8)));
        String content = Jsoup.parse(
                        parsed.getElementsByTagName("content").item(0).getTextContent())
                .wholeText();
        right.forEach(row -> {
            soft.assertThat(csv).as(row.name()).contains(row.text().replace("\"", "\"\""));
            soft.assertThat(strings(listed)).as(row.name()).contains(row.text());
            soft.assertThat(page).as(row.name()).contains(row.text());
            soft.assertThat(content)
                    .as(row.name())
                    .contains(row.text().replace("<b>", "").replace("</b>", ""));
        });
        soft.assertAll();
    }

    /** In the archive when its mailing is over. */
    private static String feedWithItsIssue() {
        String feed = "";
        for (int i = 0; i < 300 && !feed.contains("<content"); i++) {
            TidingsProcess.pause(100);
            feed = site().browser().get("/newsletters/odd-mails.atom").body();
        }
        return feed;
    }

    private HttpResponse<String> imports(String newsletter, String csv) {
        return api(
                "POST",
                "/api/v1/newsletters/" + newsletter + "/subscribers?basis="
                        + URLEncoder.encode(BASIS, StandardCharsets.UTF_8),
                csv);
    }

    private String newsletter(String slug) {
        api(
                "POST",
                "/api/v1/newsletters",
                "{\"slug\":\"" + slug + "\",\"name\":\"" + slug + "\",\"description\":\"B\",\"cadence\":\"C\"}");
        return json(api("GET", "/api/v1/newsletters", "")).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(item -> item.getString("slug").equals(slug))
                .map(item -> item.getString("id"))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> fields(String page, String action) {
        var form = staff.get(page).formTo(action);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : List.of("revision", "effective", "en.markdown", "en.summary", "de.markdown", "de.summary")) {
            fields.put(name, form.value(name));
        }
        return fields;
    }

    private HttpResponse<String> send(HttpBrowser browser, Sheet sheet, Row row) {
        Map<String, String> fields = new LinkedHashMap<>(sheet.others());
        fields.put(sheet.field(), row.text());
        fields.computeIfPresent("slug", (name, slug) -> "odd-" + UUID.randomUUID());
        String own = browser == staff ? csrf : browser.get("/register").form().value("_csrf");
        String body = "_csrf=" + own
                + fields.entrySet().stream()
                        .map(field -> "&" + field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining());
        return browser.request("POST", sheet.path(), body, Map.of("Content-Type", FORM));
    }

    /** Java's encoder has a question mark for half of a pair. */
    private static String encoded(String text) {
        return URLEncoder.encode(
                        text.replace("\ud800line", "HALF1").replace("\udc00Head", "HALF2"), StandardCharsets.UTF_8)
                .replace("HALF1", "%ED%A0%80")
                .replace("HALF2", "%ED%B0%80");
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\'
                        ? String.valueOf((char) c)
                        : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    /** All texts of an answer. */
    private static List<String> strings(String json) {
        List<String> found = new ArrayList<>();
        try (var parser = Json.createParser(new StringReader(json))) {
            while (parser.hasNext()) {
                if (parser.next() == jakarta.json.stream.JsonParser.Event.VALUE_STRING) {
                    found.add(parser.getString());
                }
            }
        }
        return found;
    }

    private HttpResponse<String> api(String method, String path, String body) {
        String type = path.contains("/subscribers") ? "text/csv" : "application/json";
        return staff.request(
                method,
                path,
                body,
                Map.of(
                        "Authorization",
                        "Bearer " + token,
                        "Accept",
                        "application/json",
                        "Content-Type",
                        type,
                        "Idempotency-Key",
                        UUID.randomUUID().toString()));
    }

    private static JsonObject json(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
