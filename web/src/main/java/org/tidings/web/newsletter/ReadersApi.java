package org.tidings.web.newsletter;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.tidings.accounts.ApiTokens.Scope;
import org.tidings.mail.EmailAddress;
import org.tidings.mail.EmailAddressRejected;
import org.tidings.mail.TimeZones;
import org.tidings.newsletter.AttributeOrigin;
import org.tidings.newsletter.AttributeParty;
import org.tidings.newsletter.AttributeValuesRejected;
import org.tidings.newsletter.Attributes;
import org.tidings.newsletter.NewReader;
import org.tidings.newsletter.NewsletterId;
import org.tidings.newsletter.NewsletterView;
import org.tidings.newsletter.Newsletters;
import org.tidings.newsletter.ReaderCorrection;
import org.tidings.newsletter.ReaderRecords;
import org.tidings.newsletter.ReaderRejected;
import org.tidings.newsletter.ReaderView;
import org.tidings.newsletter.SubscriberId;
import org.tidings.newsletter.Tags;
import org.tidings.site.Languages;
import org.tidings.web.access.ApiScope;
import org.tidings.web.access.Visitor;
import org.tidings.web.api.Idempotent;
import org.tidings.web.problems.Problem;
import org.tidings.web.problems.Problem.Violation;
import org.tidings.web.problems.ProblemType;

/** Readers one by one, for programs: found, entered, changed. */
@Path("/api/v1/readers")
@Produces(MediaType.APPLICATION_JSON)
public class ReadersApi {

    private static final String ID = "{id: [0-9a-f-]{36}}";
    private static final int LONGEST_REASON = 500;

    private final Visitor visitor;
    private final ReaderRecords readers;
    private final Attributes attributes;
    private final Tags tags;
    private final Newsletters newsletters;
    private final LooksOnRecord looks;

    @Inject
    public ReadersApi(
            Visitor visitor,
            ReaderRecords readers,
            Attributes attributes,
            Tags tags,
            Newsletters newsletters,
            LooksOnRecord looks) {
        this.visitor = visitor;
        this.readers = readers;
        this.attributes = attributes;
        this.tags = tags;
        this.newsletters = newsletters;
        this.looks = looks;
    }

    /** Whose whole address is looked for, in the body: it stands in no URL. */
    public record Wanted(@Nullable String address) {}

    /**
     * A reader.
     *
     * @param attributes those that programs may see, by key
     */
    public record ReaderJson(
            UUID id,
            String address,
            String name,
            String language,
            @Nullable String zone,
            boolean hasAccount,
            OffsetDateTime since,
            Map<String, Object> attributes,
            List<String> tags) {

        static ReaderJson of(ReaderView view) {
            Map<String, Object> known = new LinkedHashMap<>();
            view.attributes().stream()
                    .filter(value -> value.attribute().seenBy(AttributeParty.PROGRAM))
                    .forEach(value ->
                            known.put(value.attribute().key(), AttributesApi.json(value.attribute(), value.value())));
            return new ReaderJson(
                    view.id().value(),
                    view.address(),
                    view.name(),
                    view.language().toLanguageTag(),
                    view.zone().map(ZoneId::getId).orElse(null),
                    view.account().isPresent(),
                    view.since(),
                    known,
                    view.tags());
        }
    }

    @POST
    @Path("find")
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "findReader", summary = "The reader with this address")
    public ReaderJson find(Wanted sent) {
        return seen(readers.find(address(sent.address())));
    }

    private ReaderJson seen(Optional<ReaderView> found) {
        ReaderView reader = found.orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        looks.reader(reader);
        return ReaderJson.of(reader);
    }

    private static EmailAddress address(@Nullable String typed) {
        try {
            return EmailAddress.pasted(Objects.requireNonNullElse(typed, ""));
        } catch (EmailAddressRejected e) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/address", ApiViews.word(e.reason()))));
        }
    }

    @GET
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Operation(operationId = "getReader", summary = "One reader with what is known about her")
    public ReaderJson get(@PathParam("id") UUID id) {
        return seen(readers.find(new SubscriberId(id)));
    }

    /**
     * Somebody to be entered.
     *
     * @param newsletters slugs
     * @param proof how she agreed, in 20 to 1,000 characters, kept with her consent record; without it she is asked to confirm by mail
     */
    public record NewReaderJson(
            @Nullable String address,
            @Nullable String name,
            @Nullable String language,
            @Nullable String zone,
            @Nullable List<String> newsletters,
            @Nullable String proof) {}

    /** @param outcome subscribed; asked, when a mail asks her to confirm; known, when she gets them already */
    public record AddedJson(String outcome) {}

    @POST
    @ApiScope(Scope.SUBSCRIBERS)
    @Idempotent
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "addReader",
            summary = "Enters a reader, with the proof of her consent or by a mail that asks her",
            description = "Who has left, was erased or is blocked is asked by mail, whatever the proof says.")
    public Response add(NewReaderJson sent) {
        try {
            ReaderRecords.Added added = readers.add(
                    new NewReader(
                            address(sent.address()),
                            Objects.requireNonNullElse(sent.name(), ""),
                            language(sent.language()),
                            zone(sent.zone()),
                            wanted(Objects.requireNonNullElse(sent.newsletters(), List.of())),
                            Optional.ofNullable(sent.proof())),
                    visitor.account());
            return Response.accepted(new AddedJson(ApiViews.word(added))).build();
        } catch (ReaderRejected e) {
            throw refused(e);
        }
    }

    private static Locale language(@Nullable String tag) {
        return Languages.spokenTo(Locale.forLanguageTag(Objects.requireNonNullElse(tag, "")));
    }

    private static Optional<ZoneId> zone(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        Optional<ZoneId> zone = TimeZones.known(name);
        if (zone.isEmpty()) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/zone", "unknown")));
        }
        return zone;
    }

    private Set<NewsletterId> wanted(List<String> slugs) {
        Set<NewsletterId> wanted = new HashSet<>();
        for (int i = 0; i < slugs.size(); i++) {
            String pointer = "/newsletters/" + i;
            wanted.add(newsletters
                    .findBySlug(slugs.get(i))
                    .map(NewsletterView::id)
                    .orElseThrow(() -> new Problem(ProblemType.INVALID, List.of(new Violation(pointer, "unknown")))));
        }
        return wanted;
    }

    private static Problem refused(ReaderRejected e) {
        return new Problem(
                ProblemType.INVALID,
                e.fields().entrySet().stream()
                        .map(wrong -> new Violation(
                                "/" + (wrong.getKey().equals("newsletter") ? "newsletters" : wrong.getKey()),
                                ApiViews.word(wrong.getValue())))
                        .toList());
    }

    /**
     * What is so. What is left out stays.
     *
     * @param zone empty to forget it
     * @param attributes by key: text, number, true or false; null forgets one
     * @param tags all that she has from now on
     * @param reason goes on record, 5 to 500 characters; needed where name, language or zone change
     */
    public record ChangedReader(
            @Nullable String name,
            @Nullable String language,
            @Nullable String zone,
            @Nullable Map<String, Object> attributes,
            @Nullable List<String> tags,
            @Nullable String reason) {}

    @PUT
    @Path(ID)
    @ApiScope(Scope.SUBSCRIBERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "updateReader", summary = "Changes what is known about a reader; what is left out stays")
    public ReaderJson update(@PathParam("id") UUID id, ChangedReader sent) {
        ReaderView reader = readers.find(new SubscriberId(id)).orElseThrow(() -> new Problem(ProblemType.NOT_FOUND));
        String reason = Objects.requireNonNullElse(sent.reason(), "").strip();
        if (reason.length() > LONGEST_REASON) {
            throw new Problem(ProblemType.INVALID, List.of(new Violation("/reason", "too-long")));
        }
        boolean corrects = sent.name() != null || sent.language() != null || sent.zone() != null;
        try {
            if (corrects) {
                readers.correct(
                        reader.id(),
                        new ReaderCorrection(Optional.of(details(reader, sent)), Map.of(), Optional.empty()),
                        reason,
                        visitor.account());
            }
            attributes.set(reader.id(), AttributesApi.typed(sent.attributes()), AttributeOrigin.PROGRAM);
            if (sent.tags() != null) {
                tags.set(reader.id(), sent.tags(), AttributeOrigin.PROGRAM);
            }
            if (!corrects && (sent.attributes() != null || sent.tags() != null)) {
                looks.corrected(reader, reason);
            }
        } catch (AttributeValuesRejected e) {
            throw AttributesApi.refused(e);
        } catch (ReaderRejected e) {
            throw refused(e);
        }
        return get(id);
    }

    private static ReaderCorrection.Details details(ReaderView reader, ChangedReader sent) {
        return new ReaderCorrection.Details(
                Objects.requireNonNullElse(sent.name(), reader.name()),
                sent.language() == null ? reader.language() : language(sent.language()),
                sent.zone() == null ? reader.zone() : zone(sent.zone()));
    }
}
