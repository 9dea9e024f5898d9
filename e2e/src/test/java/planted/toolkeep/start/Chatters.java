package planted.toolkeep.start;

final class Chatters {
    void out() {
        System.out.println("hello");
    }

    void err() {
        System.err.println("hello");
    }

    void trace(Throwable why) {
        why.printStackTrace();
    }
}
