// Imports a graph as Gephi does (importer and default processor) and prints what came in as one line of JSON.
//   java -Djava.awt.headless=true -cp gephi-toolkit-all.jar Gephi.java FILE
import java.io.File;
import java.util.*;
import org.gephi.graph.api.*;
import org.gephi.io.importer.api.*;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.*;
import org.openide.util.Lookup;

public class Gephi {
  public static void main(String[] args) throws Exception {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    Workspace workspace = projects.getCurrentWorkspace();
    ImportController importer = Lookup.getDefault().lookup(ImportController.class);
    Container container = importer.importFile(new File(args[0]));
    container.getLoader().setEdgeDefault(EdgeDirectionDefault.DIRECTED);
    Report report = container.getReport();
    importer.process(container, new DefaultProcessor(), workspace);
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
    Graph graph = model.getGraph();
    Map<String, Integer> kinds = new TreeMap<>();
    for (Edge edge : graph.getEdges()) kinds.merge(String.valueOf(edge.getTypeLabel()), 1, Integer::sum);
    StringBuilder nodes = new StringBuilder();
    for (Node node : graph.getNodes()) {
      nodes.append(nodes.length() == 0 ? "" : ",").append(quote(String.valueOf(node.getId()))).append(":[")
          .append(quote(node.getLabel())).append(",").append(quote(String.valueOf(node.getAttribute("type")))).append(",")
          .append(node.x()).append(",").append(node.y()).append(",").append(node.size()).append("]");
    }
    List<String> issues = new ArrayList<>();
    report.getIssues(100).forEachRemaining(issue -> issues.add(quote(issue.getLevel() + " " + issue.getMessage())));
    List<String> columns = new ArrayList<>();
    for (Column column : model.getNodeTable()) columns.add(quote(column.getId() + " " + column.getTypeClass().getSimpleName()));
    StringBuilder counts = new StringBuilder();
    kinds.forEach((kind, n) -> counts.append(counts.length() == 0 ? "" : ",").append(quote(kind)).append(":").append(n));
    System.out.println("{\"order\":" + graph.getNodeCount() + ",\"size\":" + graph.getEdgeCount() + ",\"kinds\":{" + counts
        + "},\"columns\":" + columns + ",\"issues\":" + issues + ",\"nodes\":{" + nodes + "}}");
  }

  static String quote(String text) {
    return "\"" + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
