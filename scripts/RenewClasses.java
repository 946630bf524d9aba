import static java.lang.classfile.ClassFile.JAVA_6_VERSION;
import static java.lang.classfile.ClassFile.JAVA_8_VERSION;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites the classes of a jar that are older than Java 6 as classes of Java 8, with the stack maps that the type-checking verifier
 * wants (JVMS 4.10.1); all else is copied.
 *
 * <p>Why: a start-up cache (JEP 483) takes no class without stack maps, and the verifier that infers types is the slow one. picocli
 * is compiled for Java 5; with it renewed a help page takes half the time.
 *
 * <p>Run by the build: {@code java scripts/RenewClasses.java OLD.jar NEW.jar}.
 */
public final class RenewClasses {
  private RenewClasses() {}

  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    try (JarFile jar = new JarFile(from.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(to))) {
      ClassFile classes = classFile(jar);
      for (JarEntry entry : Collections.list(jar.entries())) {
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(content(jar, entry, classes));
        out.closeEntry();
      }
    }
  }

  private static byte[] content(JarFile jar, JarEntry entry, ClassFile classes) throws IOException {
    byte[] bytes = jar.getInputStream(entry).readAllBytes();
    if (!entry.getName().endsWith(".class")) {
      return bytes;
    }
    ClassModel model = classes.parse(bytes);
    if (model.majorVersion() >= JAVA_6_VERSION) {
      return bytes;
    }
    return classes.transformClass(
        model,
        ClassTransform.endHandler(builder -> builder.withVersion(JAVA_8_VERSION, 0))
            .andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }

  private static ClassFile classFile(JarFile jar) {
    ClassHierarchyResolver own =
        ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String name = type.descriptorString();
              return stream(jar, name.substring(1, name.length() - 1) + ".class");
            });
    return ClassFile.of(
        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
        ClassFile.ClassHierarchyResolverOption.of(
            own.orElse(ClassHierarchyResolver.defaultResolver()).cached()));
  }

  private static InputStream stream(JarFile jar, String name) {
    try {
      JarEntry entry = jar.getJarEntry(name);
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
