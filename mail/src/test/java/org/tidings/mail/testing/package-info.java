/**
 * What tests of every module lean on: databases with the migrations run, a clock that is moved by hand, fakes of the mail
 * module's interfaces and a mail server that records.
 */
@NullMarked
package org.tidings.mail.testing;

import org.jspecify.annotations.NullMarked;
