package org.tidings.web.returned;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.tidings.accounts.AccountView;
import org.tidings.accounts.Accounts;
import org.tidings.accounts.Role;
import org.tidings.mail.SuppressedAddresses;
import org.tidings.mail.SuppressedAddresses.Reason;
import org.tidings.web.access.Visitor;
import org.tidings.web.pages.Banner;
import org.tidings.web.pages.Banners;
import org.tidings.web.pages.Navigation;
import org.tidings.web.pages.Texts;

/** What returned mail shows on other pages: menu entries, and to a holder whose mailbox is gone that we need another address. */
@ApplicationScoped
class ReturnedParts implements Navigation, Banners {

    @Inject
    Accounts accounts;

    @Inject
    SuppressedAddresses suppressed;

    @Inject
    Texts texts;

    @Override
    public List<Entry> entries() {
        Set<Role> both = Set.of(Role.PUBLISHER, Role.PRIVACY_OFFICER);
        return List.of(
                new Entry(Menu.STAFF, 62, "/staff/returned", "returned.title", both),
                new Entry(Menu.STAFF, 63, "/staff/suppressed", "returned.suppressed.title", both));
    }

    /** Design, section 3: account mail waits for a new address, and announcements stand on the banner. */
    @Override
    public List<Banner> now(Visitor visitor) {
        return visitor.session()
                .flatMap(session -> accounts.find(session.account()))
                .map(AccountView::address)
                .filter(address -> suppressed.about(suppressed.hashOf(address)).stream()
                        .anyMatch(s -> s.reason() == Reason.HARD_BOUNCED))
                .map(address -> List.of(new Banner(
                        "warning",
                        texts.text(visitor.language(), "returned.banner.title"),
                        texts.text(visitor.language(), "returned.banner.text", address.original()),
                        "/me/address")))
                .orElse(List.of());
    }
}
