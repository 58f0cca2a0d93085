-- For Quarto only: the two chart scripts on pages with charts, the facts of the front matter below
-- the title, and no title where the page has its own head. The offline publisher does all three in
-- its page shell.

-- Key, label, and the key that makes Quarto's own title block say the same.
local FACTS = {
  { "status", "状态" }, { "published-on", "发布", "date" }, { "next-update", "下次更新" },
  { "producer", "编制", "author" }, { "categories", "类别" },
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

local function said(value)
  if pandoc.utils.type(value) == "List" then
    return table.concat(value:map(pandoc.utils.stringify), "、")
  end
  return pandoc.utils.stringify(value)
end

local function facts(meta)
  local items = pandoc.List({})
  for _, fact in ipairs(FACTS) do
    local key, label, same = table.unpack(fact)
    if meta[key] and not (same and meta[same]) then
      items:insert(pandoc.Span({ pandoc.Str(label), pandoc.Space(), pandoc.Strong(said(meta[key])) }))
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
  if hides_title(document.meta) then
    -- `none` gives pandoc's plain title block, not no title block; search reads the title in it.
    quarto.doc.include_text("in-header", "<style>#title-block-header { display: none; }</style>")
    return nil
  end
  local items = facts(document.meta)
  if #items == 0 then
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
