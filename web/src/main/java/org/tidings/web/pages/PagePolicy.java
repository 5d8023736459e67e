package org.tidings.web.pages;

import gg.jte.html.policy.PolicyGroup;
import gg.jte.html.policy.PreventInlineEventHandlers;
import gg.jte.html.policy.PreventInvalidAttributeNames;
import gg.jte.html.policy.PreventOutputInTagsAndAttributes;
import gg.jte.html.policy.PreventUnquotedAttributes;
import gg.jte.html.policy.PreventUppercaseTagsAndAttributes;

/** What a template may not do; checked while it is compiled. Inline styles are found by a test. */
public final class PagePolicy extends PolicyGroup {
    public PagePolicy() {
        addPolicy(new PreventUppercaseTagsAndAttributes());
        addPolicy(new PreventOutputInTagsAndAttributes());
        addPolicy(new PreventUnquotedAttributes());
        addPolicy(new PreventInvalidAttributeNames());
        addPolicy(new PreventInlineEventHandlers());
    }
}
