// The drawing: WebGL by sigma. One line for each pair of entities; its label tells the relations between them.

import Graph from "graphology";
import Sigma from "sigma";
import { label } from "./i18n.js";

const PALE = "#e3e6ea";
const CROWD = 1500;
/* Above so many nodes they are drawn smaller, and lines are left out while the picture moves. */

/** Draws the graph in `container`; `open(node)` is called for a clicked node. Null when there is no WebGL. */
export function draw(container, data, { state, shown }, open) {
  const graph = new Graph({ type: "directed" });
  const scale = Math.min(1, Math.sqrt(CROWD / data.nodes.length));
  for (const node of data.nodes) {
    graph.addNode(String(node.index), {
      x: node.x,
      y: node.y,
      size: scale * (3 + Math.min(9, Math.sqrt(node.claims.length) * 1.4)),
      color: data.types[node.type].color,
      label: node.label,
    });
  }
  for (const claim of data.claims) {
    if (!claim.object || claim.s === claim.o) continue;
    const [source, target] = [String(claim.s), String(claim.o)];
    if (graph.hasEdge(source, target)) graph.getEdgeAttribute(graph.edge(source, target), "claims").push(claim);
    else graph.addEdge(source, target, { claims: [claim], size: 1.2 * scale, color: "#aab2bd", type: "arrow" });
  }
  let hovered = null;
  let visible = new Set();
  let sigma;
  const focus = () => hovered ?? (state.selected ? String(state.selected.index) : null);
  const near = (node) => {
    const center = focus();
    return center === null || node === center || graph.areNeighbors(node, center);
  };
  const options = {
    renderEdgeLabels: true,
    labelFont: "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
    edgeLabelFont: "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif",
    labelSize: 13,
    edgeLabelSize: 11,
    labelDensity: 0.6,
    labelGridCellSize: 110,
    labelRenderedSizeThreshold: 4,
    zIndex: true,
    hideEdgesOnMove: scale < 1,
    hideLabelsOnMove: scale < 1,
    allowInvalidContainer: true, // it has no size while another view is shown
    defaultEdgeType: "arrow",
    nodeReducer(node, attributes) {
      if (!shown.nodes.has(data.nodes[Number(node)])) return { ...attributes, hidden: true };
      if (!near(node)) return { ...attributes, color: PALE, label: null, zIndex: 0 };
      const chosen = node === focus();
      return { ...attributes, zIndex: 1, forceLabel: focus() !== null, highlighted: chosen };
    },
    edgeReducer(edge, attributes) {
      const claims = attributes.claims.filter((claim) => visible.has(claim));
      if (!claims.length) return { ...attributes, hidden: true };
      const center = focus();
      if (center === null) return attributes;
      if (!graph.extremities(edge).includes(center)) return { ...attributes, hidden: true };
      const names = [...new Set(claims.map((claim) => label(data.predicates[claim.p])))].join("、");
      const candidate = claims.every((claim) => claim.st === "candidate");
      return { ...attributes, label: names, color: candidate ? "#c9a227" : "#5b6673", size: 1.8, forceLabel: true };
    },
  };
  try {
    sigma = new Sigma(graph, container, options);
  } catch {
    return null;
  }
  sigma.on("clickNode", ({ node }) => open(data.nodes[Number(node)]));
  sigma.on("clickStage", () => open(null));
  sigma.on("enterNode", ({ node }) => ((hovered = node), sigma.refresh({ skipIndexation: true })));
  sigma.on("leaveNode", () => ((hovered = null), sigma.refresh({ skipIndexation: true })));

  return {
    update() {
      visible = new Set(shown.claims);
      sigma.refresh();
    },
    show(node) {
      const place = sigma.getNodeDisplayData(String(node.index));
      if (place) sigma.getCamera().animate({ x: place.x, y: place.y, ratio: 0.35 * scale }, { duration: 400 });
    },
    fit: () => sigma.getCamera().animatedReset({ duration: 300 }),
    resize: () => sigma.resize(),
    png() {
      sigma.refresh();
      const layers = Object.values(sigma.getCanvases());
      const picture = document.createElement("canvas");
      [picture.width, picture.height] = [layers[0].width, layers[0].height];
      const context = picture.getContext("2d");
      context.fillStyle = "#fff";
      context.fillRect(0, 0, picture.width, picture.height);
      // WebGL layers are readable only in the frame in which they were drawn.
      for (const layer of layers) context.drawImage(layer, 0, 0);
      return new Promise((resolve) => picture.toBlob(resolve, "image/png"));
    },
  };
}
