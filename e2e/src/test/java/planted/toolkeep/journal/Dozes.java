package planted.toolkeep.journal;

final class Dozes {
    void wink() throws InterruptedException {
        Thread.sleep(1);
    }
}
