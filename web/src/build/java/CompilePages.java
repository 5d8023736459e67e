import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.resolve.DirectoryCodeResolver;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tidings.web.pages.PagePolicy;

/** Compiles the page templates beside the classes. Run by the build as a source file: CompilePages.java TEMPLATES CLASSES RELEASE. */
class CompilePages {

    public static void main(String[] arguments) {
        Path classes = Path.of(arguments[1]);
        TemplateEngine engine = TemplateEngine.create(
                new DirectoryCodeResolver(Path.of(arguments[0])),
                classes,
                ContentType.Html,
                CompilePages.class.getClassLoader(),
                "org.tidings.web.templates");
        engine.setTrimControlStructures(true);
        engine.setHtmlPolicy(new PagePolicy());
        engine.setBinaryStaticContent(true);
        engine.setCompileArgs("--release", arguments[2]);
        List<String> classPath =
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        engine.cleanAll();
        engine.precompileAll(classPath);
    }
}
