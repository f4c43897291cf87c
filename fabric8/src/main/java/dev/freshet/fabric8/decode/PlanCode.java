package dev.freshet.fabric8.decode;

import dev.freshet.protobuf.Cursor;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The code of one plan: a hidden class with a loop over the fields, a switch over their numbers and
 * a plain call of each setter. What it takes to read a value are constants of that class, so the
 * compiler sees through them.
 *
 * <pre>{@code
 * Object read(Cursor cursor) {
 *   Container bean = new Container();
 *   fill(cursor, bean);
 *   return bean;
 * }
 *
 * void fill(Cursor cursor, Object object) {
 *   Container bean = (Container) object;
 *   long seen = 0;
 *   List env = null;
 *   while (cursor.next()) {
 *     switch (cursor.number()) { … default -> cursor.skip(); }
 *   }
 *   if (env != null) bean.setEnv(env);
 *   …
 * }
 * }</pre>
 */
final class PlanCode {

  private static final String SUPER = Type.getInternalName(BeanPlan.class);
  private static final String CURSOR = Type.getInternalName(Cursor.class);
  private static final String FILL = "(L" + CURSOR + ";Ljava/lang/Object;)V";
  private static final String READ = "(L" + CURSOR + ";)Ljava/lang/Object;";
  private static final String OBJECTS = "[Ljava/lang/Object;";

  private static final ConstantDynamic CLASS_DATA =
      new ConstantDynamic(
          "_",
          OBJECTS,
          new Handle(
              Opcodes.H_INVOKESTATIC,
              "java/lang/invoke/MethodHandles",
              "classData",
              "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)"
                  + "Ljava/lang/Object;",
              false));

  /** Local variables of {@code fill}. */
  private static final int CURSOR_VARIABLE = 1;

  private static final int BEAN = 2;
  private static final int SEEN = 3;
  private static final int FIRST_COLLECTION = 5;

  private final Class<?> type;
  private final String bean;
  private final String self;
  private final List<Property> properties;
  private final List<Property> collections;
  private final List<Property> demanded;
  private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
  private final List<Object> constants = new ArrayList<>();
  private final List<Class<?>> constantTypes = new ArrayList<>();

  PlanCode(Class<?> type, List<Property> properties) {
    this.type = type;
    this.bean = Type.getInternalName(type);
    this.self = SUPER.substring(0, SUPER.lastIndexOf('/') + 1) + type.getSimpleName() + "Plan";
    this.properties =
        properties.stream().sorted(Comparator.comparingInt(Property::number)).toList();
    this.collections = properties.stream().filter(PlanCode::isCollection).toList();
    this.demanded = properties.stream().filter(p -> p.absent() != null).toList();
    if (demanded.size() > Long.SIZE) {
      throw new IllegalStateException(type + " has more required fields than " + Long.SIZE);
    }
  }

  /** Makes the class and its only instance. */
  BeanPlan plan() {
    writer.visit(Opcodes.V21, Opcodes.ACC_FINAL, self, null, SUPER, null);
    writeConstructor();
    writeRead();
    writeFill();
    writeConstants();
    writer.visitEnd();
    try {
      Class<?> made =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(writer.toByteArray(), constants.toArray(), true)
              .lookupClass();
      return (BeanPlan) made.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no plan for " + type.getName(), e);
    }
  }

  private static boolean isCollection(Property property) {
    return property.shape() instanceof Property.Shape.Listed
        || property.shape() instanceof Property.Shape.Mapped;
  }

  private void writeConstructor() {
    MethodVisitor code = writer.visitMethod(0, "<init>", "()V", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "()V", false);
    code.visitInsn(Opcodes.RETURN);
    end(code);
  }

  private void writeRead() {
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_FINAL, "read", READ, null, null);
    code.visitCode();
    code.visitTypeInsn(Opcodes.NEW, bean);
    code.visitInsn(Opcodes.DUP);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, bean, "<init>", "()V", false);
    code.visitVarInsn(Opcodes.ASTORE, BEAN);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, CURSOR_VARIABLE);
    code.visitVarInsn(Opcodes.ALOAD, BEAN);
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, self, "fill", FILL, false);
    code.visitVarInsn(Opcodes.ALOAD, BEAN);
    code.visitInsn(Opcodes.ARETURN);
    end(code);
  }

  private void writeFill() {
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_FINAL, "fill", FILL, null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, BEAN);
    code.visitTypeInsn(Opcodes.CHECKCAST, bean);
    code.visitVarInsn(Opcodes.ASTORE, BEAN);
    code.visitInsn(Opcodes.LCONST_0);
    code.visitVarInsn(Opcodes.LSTORE, SEEN);
    for (Property property : collections) {
      code.visitInsn(Opcodes.ACONST_NULL);
      code.visitVarInsn(Opcodes.ASTORE, variable(property));
    }
    writeLoop(code);
    for (Property property : collections) {
      setCollection(code, property);
    }
    for (Property property : demanded) {
      setAbsent(code, property);
    }
    code.visitInsn(Opcodes.RETURN);
    end(code);
  }

  private void writeLoop(MethodVisitor code) {
    Label next = new Label();
    Label after = new Label();
    Label skip = new Label();
    Label[] cases = properties.stream().map(property -> new Label()).toArray(Label[]::new);
    target(code, next);
    cursor(code, "next", "()Z");
    code.visitJumpInsn(Opcodes.IFEQ, after);
    cursor(code, "number", "()I");
    code.visitLookupSwitchInsn(
        skip, properties.stream().mapToInt(Property::number).toArray(), cases);
    for (int i = 0; i < cases.length; i++) {
      target(code, cases[i]);
      see(code, properties.get(i));
      readProperty(code, properties.get(i), next);
      code.visitJumpInsn(Opcodes.GOTO, next);
    }
    // A field of a newer server; fabric8's JSON would not know it either.
    target(code, skip);
    cursor(code, "skip", "()V");
    code.visitJumpInsn(Opcodes.GOTO, next);
    target(code, after);
  }

  private void see(MethodVisitor code, Property property) {
    int bit = demanded.indexOf(property);
    if (bit >= 0) {
      code.visitVarInsn(Opcodes.LLOAD, SEEN);
      code.visitLdcInsn(1L << bit);
      code.visitInsn(Opcodes.LOR);
      code.visitVarInsn(Opcodes.LSTORE, SEEN);
    }
  }

  private void readProperty(MethodVisitor code, Property property, Label next) {
    switch (property.shape()) {
      case Property.Shape.One one -> {
        int value = FIRST_COLLECTION + collections.size();
        readValue(code, one, one.value());
        code.visitVarInsn(Opcodes.ASTORE, value);
        if (!(one.value() instanceof ValueReaders.Nested)) {
          constant(code, one, Property.Shape.One.class);
          code.visitVarInsn(Opcodes.ALOAD, value);
          call(code, Property.Shape.One.class, "leftOut", "(Ljava/lang/Object;)Z");
          code.visitJumpInsn(Opcodes.IFNE, next);
        }
        set(code, property, () -> code.visitVarInsn(Opcodes.ALOAD, value));
      }
      case Property.Shape.Inlined inlined -> {
        constant(code, inlined, Property.Shape.Inlined.class);
        code.visitVarInsn(Opcodes.ALOAD, CURSOR_VARIABLE);
        code.visitVarInsn(Opcodes.ALOAD, BEAN);
        call(code, Property.Shape.Inlined.class, "fill", FILL);
      }
      case Property.Shape.Listed listed -> {
        make(code, property, ArrayList.class);
        code.visitVarInsn(Opcodes.ALOAD, variable(property));
        readValue(code, listed, listed.value());
        call(code, ArrayList.class, "add", "(Ljava/lang/Object;)Z");
        code.visitInsn(Opcodes.POP);
      }
      case Property.Shape.Mapped mapped -> {
        make(code, property, LinkedHashMap.class);
        constant(code, mapped, Property.Shape.Mapped.class);
        code.visitVarInsn(Opcodes.ALOAD, CURSOR_VARIABLE);
        code.visitVarInsn(Opcodes.ALOAD, variable(property));
        call(
            code,
            Property.Shape.Mapped.class,
            "readEntry",
            "(L" + CURSOR + ";" + Type.getDescriptor(Map.class) + ")V");
      }
    }
  }

  /** Leaves the value on the stack. Beans are read from here, where there is but one plan. */
  private void readValue(MethodVisitor code, Property.Shape shape, Value value) {
    if (value instanceof ValueReaders.Nested nested) {
      int outer = FIRST_COLLECTION + collections.size();
      cursor(code, "enter", "()I");
      code.visitVarInsn(Opcodes.ISTORE, outer);
      constant(code, nested.plan(), LaterPlan.class);
      call(code, LaterPlan.class, "get", "()L" + SUPER + ";");
      code.visitVarInsn(Opcodes.ALOAD, CURSOR_VARIABLE);
      call(code, BeanPlan.class, "read", READ);
      code.visitVarInsn(Opcodes.ALOAD, CURSOR_VARIABLE);
      code.visitVarInsn(Opcodes.ILOAD, outer);
      call(code, Cursor.class, "leave", "(I)V");
    } else {
      constant(code, shape, shape.getClass());
      code.visitVarInsn(Opcodes.ALOAD, CURSOR_VARIABLE);
      call(code, shape.getClass(), "read", READ);
    }
  }

  private void make(MethodVisitor code, Property property, Class<?> collection) {
    Label made = new Label();
    code.visitVarInsn(Opcodes.ALOAD, variable(property));
    code.visitJumpInsn(Opcodes.IFNONNULL, made);
    code.visitTypeInsn(Opcodes.NEW, Type.getInternalName(collection));
    code.visitInsn(Opcodes.DUP);
    code.visitMethodInsn(
        Opcodes.INVOKESPECIAL, Type.getInternalName(collection), "<init>", "()V", false);
    code.visitVarInsn(Opcodes.ASTORE, variable(property));
    target(code, made);
  }

  private void setCollection(MethodVisitor code, Property property) {
    Label absent = new Label();
    code.visitVarInsn(Opcodes.ALOAD, variable(property));
    code.visitJumpInsn(Opcodes.IFNULL, absent);
    set(code, property, () -> code.visitVarInsn(Opcodes.ALOAD, variable(property)));
    target(code, absent);
  }

  private void setAbsent(MethodVisitor code, Property property) {
    Label seen = new Label();
    code.visitVarInsn(Opcodes.LLOAD, SEEN);
    code.visitLdcInsn(1L << demanded.indexOf(property));
    code.visitInsn(Opcodes.LAND);
    code.visitInsn(Opcodes.LCONST_0);
    code.visitInsn(Opcodes.LCMP);
    code.visitJumpInsn(Opcodes.IFNE, seen);
    set(
        code,
        property,
        () -> {
          constant(code, Objects.requireNonNull(property.absent()), Supplier.class);
          code.visitMethodInsn(
              Opcodes.INVOKEINTERFACE,
              Type.getInternalName(Supplier.class),
              "get",
              "()Ljava/lang/Object;",
              true);
        });
    target(code, seen);
  }

  private void set(MethodVisitor code, Property property, Runnable value) {
    Beans.Setter setter = Objects.requireNonNull(property.setter());
    Class<?>[] parameters = setter.method().getParameterTypes();
    code.visitVarInsn(Opcodes.ALOAD, BEAN);
    if (setter.any() != null) {
      code.visitLdcInsn(setter.any());
    }
    value.run();
    code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(parameters[parameters.length - 1]));
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        bean,
        setter.method().getName(),
        Type.getMethodDescriptor(setter.method()),
        false);
    if (setter.method().getReturnType() != void.class) {
      code.visitInsn(Opcodes.POP);
    }
  }

  private int variable(Property collection) {
    return FIRST_COLLECTION + collections.indexOf(collection);
  }

  /** Loads a constant of the class. */
  private void constant(MethodVisitor code, Object value, Class<?> type) {
    code.visitFieldInsn(Opcodes.GETSTATIC, self, "c" + constants.size(), Type.getDescriptor(type));
    constants.add(value);
    constantTypes.add(type);
  }

  private void writeConstants() {
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    code.visitLdcInsn(CLASS_DATA);
    code.visitVarInsn(Opcodes.ASTORE, 0);
    for (int i = 0; i < constants.size(); i++) {
      String descriptor = Type.getDescriptor(constantTypes.get(i));
      int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
      writer.visitField(access, "c" + i, descriptor, null, null).visitEnd();
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitLdcInsn(i);
      code.visitInsn(Opcodes.AALOAD);
      code.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(constantTypes.get(i)));
      code.visitFieldInsn(Opcodes.PUTSTATIC, self, "c" + i, descriptor);
    }
    code.visitInsn(Opcodes.RETURN);
    end(code);
  }

  private static void cursor(MethodVisitor code, String method, String descriptor) {
    code.visitVarInsn(Opcodes.ALOAD, CURSOR_VARIABLE);
    call(code, Cursor.class, method, descriptor);
  }

  private static void call(MethodVisitor code, Class<?> owner, String method, String descriptor) {
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL, Type.getInternalName(owner), method, descriptor, false);
  }

  /** All jumps go to where the stack is empty and the same variables are set. */
  private void target(MethodVisitor code, Label label) {
    List<Object> variables = new ArrayList<>(List.of(self, CURSOR, bean, Opcodes.LONG));
    for (Property property : collections) {
      boolean isList = property.shape() instanceof Property.Shape.Listed;
      variables.add(Type.getInternalName(isList ? ArrayList.class : LinkedHashMap.class));
    }
    code.visitLabel(label);
    code.visitFrame(Opcodes.F_NEW, variables.size(), variables.toArray(), 0, null);
  }

  private static void end(MethodVisitor code) {
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
