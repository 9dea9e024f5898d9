package planted.toolkeep.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

final class RunsText {
    Class<?> byName(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }

    Class<?> loaded(ClassLoader loader, String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    Object deserialized(InputStream in) throws IOException, ClassNotFoundException {
        return new ObjectInputStream(in).readObject();
    }

    Object handles() {
        return MethodHandles.lookup();
    }

    Object compiler() {
        return javax.tools.ToolProvider.getSystemJavaCompiler();
    }

    Method reflected() throws NoSuchMethodException {
        return String.class.getMethod("length");
    }
}
