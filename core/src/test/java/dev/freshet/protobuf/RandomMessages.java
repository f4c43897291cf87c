package dev.freshet.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.Random;

/** Makes messages of any type, sparse or full, never deeper than {@link #MAX_DEPTH}. */
final class RandomMessages {

  private static final int MAX_DEPTH = 8;
  private static final String[] TEXTS = {
    "", "a", "kube-system", "grün", "\u20ac 😀", "\uFFFD", "\0"
  };

  private final Random random;

  RandomMessages(Random random) {
    this.random = random;
  }

  DynamicMessage message(Descriptor type) {
    return message(type, 0);
  }

  private DynamicMessage message(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    double chance = Math.max(0.05, 0.6 - 0.08 * depth);
    for (FieldDescriptor field : type.getFields()) {
      if (random.nextDouble() > chance || (isMessage(field) && depth == MAX_DEPTH)) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = random.nextInt(3); i >= 0; i--) {
          message.addRepeatedField(field, value(field, depth));
        }
      } else {
        message.setField(field, value(field, depth));
      }
    }
    return message.build();
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> TEXTS[random.nextInt(TEXTS.length)];
      case BOOLEAN -> random.nextBoolean();
      case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(3);
      case LONG -> random.nextBoolean() ? random.nextLong() : random.nextInt(3);
      case DOUBLE -> random.nextBoolean() ? random.nextGaussian() : random.nextInt(3);
      case BYTE_STRING -> {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        yield ByteString.copyFrom(bytes);
      }
      case MESSAGE -> message(field.getMessageType(), depth + 1);
      case FLOAT, ENUM -> throw new AssertionError("Kubernetes has none: " + field);
    };
  }
}
