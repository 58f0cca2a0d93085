-- For Quarto only: the two chart scripts on pages with charts, and the facts of the front matter
-- below the title. The offline publisher does both in its page shell.

local FACTS = {
  { "status", "状态" }, { "published-on", "发布" }, { "next-update", "下次更新" },
  { "producer", "编制" },
}

local function add_charts(raw)
  if raw.format == "html" and raw.text:find('class="aid-chart', 1, true) then
    quarto.doc.add_html_dependency({
      name = "aidkit-charts",
      version = "1.0.0",
      scripts = { "vega.js", "charts.js" },
    })
  end
end

local function facts(meta)
  local items = pandoc.List({})
  for _, fact in ipairs(FACTS) do
    local value = meta[fact[1]]
    if value then
      items:insert(pandoc.Span(
        { pandoc.Str(fact[2]), pandoc.Space(), pandoc.Strong(pandoc.utils.stringify(value)) }
      ))
    end
  end
  if meta.downloads then
    for _, item in ipairs(meta.downloads) do
      items:insert(pandoc.Link(
        pandoc.utils.stringify(item.text), pandoc.utils.stringify(item.href)
      ))
    end
  end
  return items
end

local function hides_title(meta)
  return meta["title-block-style"] and pandoc.utils.stringify(meta["title-block-style"]) == "none"
end

local function add_facts(document)
  local items = facts(document.meta)
  if #items == 0 or hides_title(document.meta) then
    return nil
  end
  local line = pandoc.Inlines({})
  for index, item in ipairs(items) do
    if index > 1 then
      line:insert(pandoc.Str("\u{3000}"))
    end
    line:insert(item)
  end
  document.blocks:insert(1, pandoc.Div({ pandoc.Para(line) }, pandoc.Attr("", { "aid-facts" })))
  return document
end

return { { RawBlock = add_charts }, { Pandoc = add_facts } }
