package org.tidings.web.start;

/** How tidings.jar, which knows no class of the application, tells it to end: the MBean {@value #NAME}. */
public interface EndingMBean {

    String NAME = "org.tidings:type=Ending";

    /**
     * Not ready from this moment on. Returns when all is over and the database closed.
     *
     * @param patienceMillis so long mails in flight, jobs and requests are waited for, each a little longer where it is about recording
     * @param delayMillis so long requests are answered at least
     */
    void end(long patienceMillis, long delayMillis);
}
