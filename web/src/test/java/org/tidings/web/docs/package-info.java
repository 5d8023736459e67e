@org.jspecify.annotations.NullMarked
package org.tidings.web.docs;
