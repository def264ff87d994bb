// The words of the page, Chinese and English.

const WORDS = {
  title: ["地方新闻知识图谱", "Local news knowledge graph"],
  search: ["搜索名称、拼音首字母", "Search by name or pinyin initials"],
  nothing: ["没有结果", "Nothing found"],
  graph: ["图谱", "Graph"],
  facts: ["事实", "Facts"],
  honours: ["荣誉", "Honours"],
  areas: ["地区", "Areas"],
  timeline: ["时间线", "Timeline"],
  reports: ["报道", "Reports"],
  filters: ["筛选", "Filters"],
  types: ["类型", "Types"],
  relation: ["关系", "Relation"],
  area: ["地区", "Area"],
  all: ["全部", "All"],
  from: ["起", "From"],
  to: ["止", "To"],
  confidence: ["最低置信度", "Confidence at least"],
  candidates: ["显示候选读法", "Show rival readings"],
  reset: ["重置", "Reset"],
  csv: ["导出 CSV", "Export CSV"],
  png: ["导出 PNG", "Export PNG"],
  sparql: ["SPARQL 查询", "SPARQL query"],
  close: ["关闭", "Close"],
  also: ["又称", "Also"],
  rule: ["规则", "rule"],
  rivals: ["其他读法", "Rival readings"],
  rivalOf: ["候选读法，未被采信", "A rival reading, not asserted"],
  source: ["来源", "Source"],
  date: ["日期", "Date"],
  holder: ["获得者", "Holder"],
  award: ["荣誉", "Honour"],
  giver: ["授予者", "Conferred by"],
  subject: ["主体", "Subject"],
  object: ["客体", "Object"],
  report: ["报道", "Report"],
  reprints: ["另载：", "Also printed:"],
  untitled: ["（无题）", "(untitled)"],
  numbers: ["数据", "Numbers"],
  noWebgl: ["此浏览器不支持 WebGL，请用其他视图。", "This browser has no WebGL; use the other views."],
  shown: ["显示", "Shown"],
  entities: ["个实体", "entities"],
  factsUnit: ["条事实", "facts"],
  undated: ["日期不详", "Undated"],
  noneAreas: ["没有行政区域", "No areas"],
  accept: ["正确", "Right"],
  reject: ["错误", "Wrong"],
  resubject: ["改主体", "Other subject"],
  reobject: ["改客体", "Other object"],
  correct: ["校对此实体", "Correct this entity"],
  rename: ["改名称", "Rename"],
  retype: ["改类型", "Retype"],
  same: ["与之同一", "Same as"],
  different: ["不同于", "Different from"],
  undo: ["撤销", "Undo"],
  reviewer: ["校对人", "Reviewer"],
  review: ["导出校对", "Export review"],
  hint: ["点选节点，或搜索名称，查看事实与原文。", "Select a node, or search a name, to see its facts and their evidence."],
  truncated: ["只列出前 500 条", "Only the first 500 are listed"],
  fit: ["全图", "Whole graph"],
  pursued: ["争创中", "striven for"],
};

let column = 0;

/** The language of the page: `zh` or `en`. */
export const language = () => (column === 0 ? "zh" : "en");

/** Changes the language of the page. */
export function setLanguage(value) {
  column = value === "en" ? 1 : 0;
  document.documentElement.lang = column === 0 ? "zh-CN" : "en";
}

/** The word for a key of WORDS. */
export const t = (key) => WORDS[key][column];

/** The label of something that has one in both languages. */
export const label = (term) => term[language()];
