package dev.toolkeep.web;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Names for calls: 128 random bits, 22 characters of `A-Z a-z 0-9 _ -`. They need to be unique and to tell nothing of
/// how many others there are; they are no secrets. Belongs to one event loop.
final class CallIds {
    private final RandomGenerator random;

    CallIds(SecureRandom secure) {
        byte[] seed = new byte[32];
        secure.nextBytes(seed);
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    String next() {
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
