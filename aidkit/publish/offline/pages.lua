-- Markdown pages to HTML bodies, one after the other: `pandoc lua pages.lua`.
--
-- Each line of input is a page's Markdown as a JSON string. Each is answered by a line of JSON,
-- {html} or {message, sought, remedy}; `sought` is text of the source near the fault, so that Python
-- can name the line. What this file does not know it refuses: nothing is dropped in silence.

local READER = "markdown-yaml_metadata_block-pandoc_title_block+lists_without_preceding_blankline"

local CALLOUTS = {
  ["callout-note"] = "说明", ["callout-tip"] = "提示", ["callout-warning"] = "警告",
  ["callout-important"] = "重要",
}
local FLOATS = { fig = "图", tbl = "表" }
local DIVS = {
  hero = true, ["hero-text"] = true, ["hero-chart"] = true, kpis = true, cards = true,
  card = true, ["columns-2"] = true,
}
local PLAIN_ATTRIBUTES = { role = true, style = true, lang = true, title = true, tabindex = true }
local NBSP = "\u{a0}"

-- What is wrong with the page at hand. It stands here because errors that pass through `walk`
-- arrive as plain strings.
local refusal = nil

local function refuse(message, sought, remedy)
  refusal = { message = message, sought = sought or "", remedy = remedy or "" }
  error("refused")
end

local function starts(text, prefix)
  return text:sub(1, #prefix) == prefix
end

-- Attributes that mean nothing but themselves in HTML, in both publishers.
local function check_attributes(element, allowed)
  for name, _ in pairs(element.attributes) do
    if not (PLAIN_ATTRIBUTES[name] or starts(name, "data-") or starts(name, "aria-")
        or (allowed and allowed[name])) then
      refuse("不支持的属性“" .. name .. "”。", name .. "=", "请删去这个属性。")
    end
  end
end

local function check_classes(element, known)
  for _, class in ipairs(element.classes) do
    if not (starts(class, "aid-") or (known and known[class])) then
      refuse("不认识的样式类“." .. class .. "”。", class,
        "离线发布支持标签页、提示框、图表编号和名称以 aid- 开头的样式类。")
    end
  end
end

local function float_kind(identifier)
  return FLOATS[identifier:match("^(%a+)%-") or ""] and identifier:match("^(%a+)%-")
end

-- Numbers of figures and tables, in reading order.
local function numbered(document)
  local labels, counts = {}, { fig = 0, tbl = 0 }
  document.blocks:walk({
    traverse = "topdown",
    Div = function(div)
      local kind = float_kind(div.identifier)
      if kind then
        if labels[div.identifier] then
          refuse("编号“" .. div.identifier .. "”用了两次。", "#" .. div.identifier, "请改其中一个。")
        end
        counts[kind] = counts[kind] + 1
        labels[div.identifier] = FLOATS[kind] .. NBSP .. counts[kind]
      end
    end,
  })
  return labels
end

local function html(text)
  return pandoc.RawBlock("html", text)
end

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

local function id_attribute(identifier)
  return identifier ~= "" and ' id="' .. escaped(identifier) .. '"' or ""
end

-- Inlines between two pieces of HTML, all on one line of the page.
local function between(opening, inlines, closing)
  local line = pandoc.Inlines({ pandoc.RawInline("html", opening) })
  line:extend(inlines)
  line:insert(pandoc.RawInline("html", closing))
  return pandoc.Plain(line)
end

local function callout(div, walk)
  local kind
  for _, class in ipairs(div.classes) do
    if CALLOUTS[class] then kind = class end
  end
  check_classes(div, { [kind] = true })
  check_attributes(div, { collapse = true, icon = true })
  local content = div.content
  local title = pandoc.Inlines({ pandoc.Str(div.attributes.title or CALLOUTS[kind]) })
  if #content > 0 and content[1].t == "Header" then
    title = pandoc.Blocks({ pandoc.Plain(content[1].content) }):walk(walk)[1].content
    content:remove(1)
  end
  local collapse = div.attributes.collapse
  if collapse and collapse ~= "true" and collapse ~= "false" then
    refuse("collapse 只能是 true 或 false。", "collapse=", "")
  end
  local id, class = id_attribute(div.identifier), "callout " .. kind
  local opening, middle, closing
  if collapse then
    opening = '<details class="' .. class .. '"' .. id .. (collapse == "false" and " open" or "")
      .. '><summary class="callout-title">'
    middle, closing = "</summary>", "</details>"
  else
    opening = '<div class="' .. class .. '" role="note"' .. id
      .. '><p class="callout-title">'
    middle, closing = "</p>", "</div>"
  end
  local blocks = pandoc.Blocks({ between(opening, title, middle .. '<div class="callout-body">') })
  blocks:extend(content:walk(walk))
  blocks:insert(html("</div>" .. closing))
  return blocks
end

-- Panels stand one below the other with their titles; shell.js makes tabs of them.
local function tabset(div, walk)
  check_classes(div, { ["panel-tabset"] = true })
  check_attributes(div)
  local blocks = pandoc.Blocks({ html('<div class="panel-tabset"' .. id_attribute(div.identifier) .. ">") })
  local level = #div.content > 0 and div.content[1].t == "Header" and div.content[1].level
  if not level then
    refuse("标签页必须以标题开头。", "panel-tabset", "请在 ::: {.panel-tabset} 后先写一个标题，例如 ### 图。")
  end
  local panel = nil
  local function finish()
    if panel then
      blocks:extend(panel:walk(walk))
      blocks:insert(html("</div>"))
    end
  end
  for _, block in ipairs(div.content) do
    if block.t == "Header" and block.level == level then
      finish()
      panel = pandoc.Blocks({})
      blocks:insert(between('<div class="tab-panel"' .. id_attribute(block.identifier)
        .. '><p class="tab-title">', block.content, "</p>"))
    else
      panel:insert(block)
    end
  end
  finish()
  blocks:insert(html("</div>"))
  return blocks
end

local function float(div, label, walk)
  check_classes(div)
  check_attributes(div)
  local content = div.content
  local caption = content[#content]
  if #content < 2 or not (caption.t == "Para" or caption.t == "Plain") then
    refuse("图表“" .. div.identifier .. "”缺少题注。", "#" .. div.identifier, "请把题注写成最后一段。")
  end
  content:remove(#content)
  local kind = float_kind(div.identifier)
  local text = pandoc.Blocks({ pandoc.Plain(caption.content) }):walk(walk)[1].content
  local title = between('<figcaption><span class="aid-float-label">' .. label .. ":</span> ", text,
    "</figcaption>")
  local blocks = pandoc.Blocks({ html('<figure class="aid-float aid-float-' .. kind .. '"' .. id_attribute(div.identifier) .. ">") })
  if kind == "tbl" then blocks:insert(title) end
  blocks:extend(content:walk(walk))
  if kind == "fig" then blocks:insert(title) end
  blocks:insert(html("</figure>"))
  return blocks
end

local function reference(cite, labels)
  local out = pandoc.Inlines({})
  for index, citation in ipairs(cite.citations) do
    local label = labels[citation.id]
    if not label then
      refuse("找不到“@" .. citation.id .. "”所指的图表。", "@" .. citation.id,
        "请核对编号；如果不是引用，请写成 \\@。")
    end
    if index > 1 then out:insert(pandoc.Str("、")) end
    if #citation.prefix > 0 then
      out:extend(citation.prefix)
      out:insert(pandoc.Space())
    end
    if citation.mode == "SuppressAuthor" then label = label:match("%d+$") end
    out:insert(pandoc.Link(label, "#" .. citation.id, "", pandoc.Attr("", { "aid-xref" })))
    out:extend(citation.suffix)
  end
  return out
end

local function only_html(raw)
  if raw.format ~= "html" then
    refuse("网页里不能用 " .. raw.format .. " 的原始代码。", raw.text:match("^[^\n]*"), "请改用 Markdown 或 {=html}。")
  end
end

local function filter(labels)
  local walk
  walk = {
    traverse = "topdown",
    Div = function(div)
      for _, class in ipairs(div.classes) do
        if CALLOUTS[class] then return callout(div, walk), false end
      end
      if div.classes:includes("panel-tabset") then return tabset(div, walk), false end
      if float_kind(div.identifier) then return float(div, labels[div.identifier], walk), false end
      check_classes(div, DIVS)
      check_attributes(div)
    end,
    Header = function(header)
      check_classes(header, { unnumbered = true, unlisted = true })
      check_attributes(header)
    end,
    Span = function(span)
      check_classes(span)
      check_attributes(span)
    end,
    Link = function(link)
      check_classes(link, { uri = true, email = true })
      check_attributes(link, { download = true })
    end,
    Image = function(image)
      check_classes(image)
      check_attributes(image, { width = true, height = true })
    end,
    Figure = function(figure)
      if figure.identifier ~= "" then
        refuse("图“" .. figure.identifier .. "”的编号写法不支持。", figure.identifier,
          "请写成 ::: {#fig-…} … 题注 … :::。")
      end
    end,
    Table = function(table)
      if table.identifier ~= "" or pandoc.utils.stringify(table.caption.long):match("{#") then
        refuse("表的编号写法不支持。", "{#tbl-", "请写成 ::: {#tbl-…} … 题注 … :::。")
      end
      return pandoc.Blocks({
        html('<div class="aid-scroll" tabindex="0" role="region" aria-label="表格">'),
        table:walk(walk), html("</div>"),
      }), false
    end,
    Code = function(code)
      check_classes(code)
      check_attributes(code)
    end,
    CodeBlock = function(block)
      check_attributes(block)
      for _, class in ipairs(block.classes) do
        if starts(class, "{") then
          refuse("代码块“" .. class .. "”需要执行，这里不执行代码。", class, "请先在 notebook 里执行。")
        end
      end
    end,
    RawBlock = only_html,
    RawInline = only_html,
    Cite = function(cite) return reference(cite, labels), false end,
  }
  return walk
end

local function is_wide(code)
  return code >= 0x2E80 and code <= 0xD7A3 or code >= 0xF900 and code <= 0xFAFF
    or code >= 0xFE30 and code <= 0xFE6F or code >= 0xFF00 and code <= 0xFF60
    or code >= 0xFFE0 and code <= 0xFFE6 or code >= 0x20000 and code <= 0x3FFFD
end

-- A line end between two Chinese characters is no space. Pandoc's extension
-- east_asian_line_breaks does this, but not when Lua calls the reader.
local function join_lines(inlines)
  local out = pandoc.Inlines({})
  for index, inline in ipairs(inlines) do
    local before, after = inlines[index - 1], inlines[index + 1]
    local joins = false
    if inline.t == "SoftBreak" and before and after then
      local left, right = pandoc.utils.stringify(before), pandoc.utils.stringify(after)
      joins = left ~= "" and right ~= ""
        and is_wide(utf8.codepoint(left, utf8.offset(left, -1)))
        and is_wide(utf8.codepoint(right))
    end
    if not joins then out:insert(inline) end
  end
  return out
end

local function to_page(markdown)
  local document = pandoc.read(markdown, READER):walk({ Inlines = join_lines })
  document.blocks = document.blocks:walk(filter(numbered(document)))
  document.meta = { lang = "zh-Hans" }
  return pandoc.write(document, "html", {
    html_math_method = "mathml", section_divs = true, wrap_text = "none", email_obfuscation = "none",
    highlight_method = "none",
  })
end

-- A warning of pandoc means that something would be lost or ambiguous.
local function warning(message)
  local said = pandoc.json.decode(pandoc.json.encode(message), false)
  return { message = "pandoc 的提醒：" .. (said.pretty or said.type), sought = said.contents or "", remedy = "" }
end

local function answer(markdown)
  refusal = nil
  local ok, value
  local messages = pandoc.log.silence(function()
    ok, value = pcall(to_page, markdown)
  end)
  if not ok then
    return refusal or { message = tostring(value), sought = "", remedy = "" }
  end
  if #messages > 0 then
    return warning(messages[1])
  end
  return { html = value }
end

for line in io.lines() do
  io.write(pandoc.json.encode(answer(pandoc.json.decode(line, false))), "\n")
  io.flush()
end
