import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.html.HtmlPolicy;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Compiles a module's templates beside its classes. Run by the build as a source file: CompileTemplates.java TEMPLATES CLASSES RELEASE
 * PACKAGE [POLICY]. With a policy, a class of the module, they are pages; without one mails, whose comments are for Word.
 */
class CompileTemplates {

    public static void main(String[] arguments) throws ReflectiveOperationException {
        TemplateEngine engine = TemplateEngine.create(
                new DirectoryCodeResolver(Path.of(arguments[0])),
                Path.of(arguments[1]),
                ContentType.Html,
                CompileTemplates.class.getClassLoader(),
                arguments[3]);
        engine.setTrimControlStructures(true);
        if (arguments.length > 4) {
            engine.setHtmlPolicy((HtmlPolicy)
                    Class.forName(arguments[4]).getDeclaredConstructor().newInstance());
            engine.setBinaryStaticContent(true);
        } else {
            engine.setHtmlCommentsPreserved(true);
        }
        engine.setCompileArgs("--release", arguments[2]);
        List<String> classPath =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        engine.cleanAll();
        engine.precompileAll(classPath);
    }
}
