package org.tidings.web.accounts;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.AddressChanges;
import org.tidings.accounts.AddressUnchanged;
import org.tidings.accounts.ContactWishes;
import org.tidings.accounts.NameRejected;
import org.tidings.accounts.PhoneRejected;
import org.tidings.accounts.Profiles;
import org.tidings.site.Languages;
import org.tidings.web.access.Caller;
import org.tidings.web.access.FreshSignIn;
import org.tidings.web.access.Member;
import org.tidings.web.access.NotSignedIn;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Form;
import org.tidings.web.pages.Fragments;
import org.tidings.web.pages.Mailbox;
import org.tidings.web.pages.Pages;
import org.tidings.web.pages.Zones;

/** A member's overview, and what she corrects herself. */
@Path("/me")
public class MeResource {

    private final Pages pages;
    private final Visitor visitor;
    private final Accounts accounts;
    private final Profiles profiles;
    private final AddressChanges addresses;
    private final Caller caller;
    private final Mailbox mailbox;

    @Inject
    public MeResource(
            Pages pages,
            Visitor visitor,
            Accounts accounts,
            Profiles profiles,
            AddressChanges addresses,
            Caller caller,
            Mailbox mailbox) {
        this.pages = pages;
        this.visitor = visitor;
        this.accounts = accounts;
        this.profiles = profiles;
        this.addresses = addresses;
        this.caller = caller;
        this.mailbox = mailbox;
    }

    @GET
    @Member
    public Response overview() {
        return pages.ok(
                "accounts/me", Map.of("account", account(), "fragments", pages.fragments(Fragments.Place.MEMBER_HOME)));
    }

    @GET
    @Path("profile")
    @Member
    public Response profile() {
        AccountView account = account();
        ContactWishes wishes = account.contactWishes();
        Form form = Form.empty()
                .fill("name", account.name())
                .fill("language", account.language().getLanguage())
                .fill("phone", wishes.phone());
        Zones.fill(form, account.zone());
        form.fill(
                "wishes",
                java.util.stream.Stream.of(wishes.byEmail() ? "email" : "", wishes.byPhone() ? "phone" : "")
                        .filter(wish -> !wish.isEmpty())
                        .toList());
        return pages.ok("accounts/profile", Map.of("form", form, "languages", languages()));
    }

    @POST
    @Path("profile")
    @Member
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response correct(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        Optional<ZoneId> zone = Zones.read(form);
        try {
            if (!form.valid()) {
                return pages.invalid("accounts/profile", Map.of("form", form, "languages", languages()));
            }
            Locale language = Languages.offered(form.value("language")).orElse(Languages.FALLBACK);
            profiles.correct(visitor.account(), form.value("name"), language, Answers.wishes(form), zone);
            return pages.speaking(language).done("/me/profile", "accounts.profile.done");
        } catch (NameRejected e) {
            Answers.refuse(form, e);
        } catch (PhoneRejected e) {
            form.reject("phone", "accounts.phone.rejected");
        }
        return pages.invalid("accounts/profile", Map.of("form", form, "languages", languages()));
    }

    @GET
    @Path("address")
    @Member
    @FreshSignIn
    public Response address() {
        return pages.ok("accounts/address", addressPage(Form.empty()));
    }

    private Map<String, Object> addressPage(Form form) {
        return Map.of("form", form, "account", account(), "waiting", addresses.waiting(visitor.account()));
    }

    /** The links that are on their way do nothing any more. */
    @POST
    @Path("address/withdraw")
    @Member
    public Response withdrawAddress() {
        return addresses.withdraw(visitor.account())
                ? pages.done("/me/address", "accounts.address.withdrawn")
                : pages.refused("/me/address", "accounts.address.not-waiting");
    }

    @POST
    @Path("address")
    @Member
    @FreshSignIn
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response changeAddress(MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return mailbox.addressAskingIn(form)
                .map(wanted -> {
                    try {
                        addresses.request(visitor.account(), wanted, caller.client());
                        return pages.done("/me/address", "accounts.address.sent");
                    } catch (AddressUnchanged e) {
                        form.reject("address", "accounts.address.unchanged");
                        return pages.invalid("accounts/address", addressPage(form));
                    }
                })
                .orElseGet(() -> pages.invalid("accounts/address", addressPage(form)));
    }

    private AccountView account() {
        return accounts.find(visitor.account()).orElseThrow(NotSignedIn::new);
    }

    private static Map<String, String> languages() {
        Map<String, String> languages = new LinkedHashMap<>();
        Languages.ALL.forEach(l -> languages.put(l.getLanguage(), l.getDisplayLanguage(l)));
        return languages;
    }
}
