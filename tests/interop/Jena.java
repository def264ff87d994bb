// Loads an RDF file into Jena's memory store, answers the queries on standard input (separated by a line with ---)
// and prints: version, triples, warnings, then each answer's rows as JSON lines.
//   java -cp 'LIB/*' Jena.java FILE < queries
import java.util.*;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.jena.query.*;
import org.apache.jena.rdf.model.*;
import org.apache.jena.riot.*;
import org.apache.jena.riot.system.*;

public class Jena {
  public static void main(String[] args) throws Exception {
    List<String> warnings = new ArrayList<>();
    ErrorHandler handler = new ErrorHandler() {
      public void warning(String message, long line, long col) { warnings.add(line + ": " + message); }
      public void error(String message, long line, long col) { throw new RiotException(line + ": " + message); }
      public void fatal(String message, long line, long col) { throw new RiotException(line + ": " + message); }
    };
    Dataset data = DatasetFactory.createGeneral();
    RDFParser.source(args[0]).errorHandler(handler).checking(true).parse(data.asDatasetGraph());
    long triples = data.getDefaultModel().size();
    Iterator<String> names = data.listNames();
    while (names.hasNext()) triples += data.getNamedModel(names.next()).size();
    System.out.println(org.apache.jena.query.ARQ.VERSION);
    System.out.println(triples);
    System.out.println(warnings.size() + (warnings.isEmpty() ? "" : " " + warnings.get(0)));
    String all = new String(System.in.readAllBytes(), "UTF-8");
    for (String text : all.split("\n---\n")) {
      if (text.isBlank()) continue;
      try (QueryExecution run = QueryExecutionFactory.create(text, data)) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        ResultSetFormatter.outputAsJSON(out, run.execSelect());
        System.out.println(out.toString("UTF-8").replace("\n", " "));
      }
    }
  }
}
