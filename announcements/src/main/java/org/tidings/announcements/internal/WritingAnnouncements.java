package org.tidings.announcements.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.tidings.accounts.AccountId;
import org.tidings.announcements.AnnouncementAction;
import org.tidings.announcements.AnnouncementContent;
import org.tidings.announcements.AnnouncementId;
import org.tidings.announcements.AnnouncementRefused;
import org.tidings.announcements.AnnouncementRefused.ContentRejected;
import org.tidings.announcements.AnnouncementRefused.ContentRejected.Flaw;
import org.tidings.announcements.AnnouncementRefused.Reason;
import org.tidings.announcements.AnnouncementState;
import org.tidings.announcements.AnnouncementView;
import org.tidings.announcements.Drafts;
import org.tidings.announcements.internal.settings.Settings;
import org.tidings.site.Ids;
import org.tidings.site.Transactional;

/** Begins drafts, changes them, throws them away and brings them back. */
@ApplicationScoped
@Transactional
class WritingAnnouncements implements Drafts {

    private final TakingSteps steps;
    private final ReadingAnnouncements reading;
    private final Settings settings;

    @SuppressWarnings("NullAway") // for the proxy
    WritingAnnouncements() {
        steps = null;
        reading = null;
        settings = null;
    }

    @Inject
    WritingAnnouncements(TakingSteps steps, ReadingAnnouncements reading, Settings settings) {
        this.steps = steps;
        this.reading = reading;
        this.settings = settings;
    }

    @Override
    public AnnouncementView draft(AccountId author, AnnouncementContent content) {
        Validation.forDraft(content);
        Announcement draft = Announcement.draft(Ids.next(), content.withOutcome(Optional.empty()), author, steps.now());
        steps.announcements().add(draft);
        return steps.taken(
                author,
                AnnouncementAction.DRAFT_ANNOUNCEMENT,
                draft,
                content.type().name());
    }

    @Override
    public AnnouncementView draftUpdate(AccountId author, AnnouncementId published) {
        Announcement named = steps.take(published);
        List<Announcement> thread = steps.announcements().thread(named.thread());
        Announcement last = thread.get(thread.size() - 1);
        if (last.state() != AnnouncementState.PUBLISHED) {
            // One update at a time: whoever wants another change works on the one that is being written.
            return reading.view(last);
        }
        Announcement update = last.update(Ids.next(), last.sequence() + 1, author, steps.now());
        steps.announcements().add(update);
        return steps.taken(
                author,
                AnnouncementAction.DRAFT_ANNOUNCEMENT_UPDATE,
                update,
                last.id().value().toString());
    }

    @Override
    public AnnouncementView edit(AccountId editor, AnnouncementId id, long version, AnnouncementContent content) {
        Announcement announcement = steps.take(id);
        if (announcement.version() != version) {
            throw new AnnouncementRefused(Reason.EDITED_MEANWHILE);
        }
        AnnouncementContent before = announcement.content();
        if (announcement.sequence() > 0 && content.type() != before.type()) {
            throw new ContentRejected("type", Flaw.NOT_ALLOWED);
        }
        Validation.forDraft(content);
        // How something ended is not a matter of wording: it is what the update was begun for.
        announcement.edit(content.withOutcome(before.outcome()), editor, steps.now());
        return steps.taken(editor, AnnouncementAction.EDIT_ANNOUNCEMENT, announcement);
    }

    @Override
    public void discard(AccountId by, AnnouncementId id) {
        Announcement announcement = steps.take(id);
        announcement.discard(steps.now());
        steps.record(by, AnnouncementAction.DISCARD_ANNOUNCEMENT, announcement, "");
    }

    @Override
    public List<AnnouncementView> discarded(int limit) {
        return reading.views(steps.announcements().discardedSince(steps.now().minus(Settings.KEPT_DISCARDED), limit));
    }

    @Override
    public AnnouncementView bringBack(AccountId by, AnnouncementId id) {
        Announcement announcement =
                steps.announcements().takeDiscarded(id, steps.now().minus(Settings.KEPT_DISCARDED));
        announcement.bringBack(steps.now());
        return steps.taken(by, AnnouncementAction.BRING_BACK_ANNOUNCEMENT, announcement);
    }

    @Override
    public int undoMinutes() {
        return settings.undoMinutes();
    }
}
