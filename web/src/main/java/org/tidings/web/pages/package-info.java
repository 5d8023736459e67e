/** What every page is made of: templates, texts, forms, assets, fragments that areas contribute. See web/README-pages.md. */
@NullMarked
package org.tidings.web.pages;

import org.jspecify.annotations.NullMarked;
