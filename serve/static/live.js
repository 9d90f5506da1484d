// What the timeline does by itself: new filings slide in on top, and the field for an
// issuer suggests some. The page can be used without.
"use strict";

(() => {
  // Speaks for those who do not see: what there is to say when so many milliseconds
  // have passed since it last spoke.
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "unseen";
  document.querySelector("main").append(said);
  let speaking = 0, spoke = -Infinity, words = null;
  function say(what, apart) {
    words = what;
    speaking ||= setTimeout(() => {
      speaking = 0;
      spoke = performance.now();
      said.textContent = words();
    }, Math.max(500, spoke + apart - performance.now()));
  }

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const filings = n => n === 1 ? "1 new filing" : n + " new filings";

  // follow shows what the stream named by the list brings.
  function follow(list) {
    const most = 500;                     // rows on the page
    const url = new URL(list.dataset.stream, location);
    const older = document.querySelector(".pager [rel=next]") !== null;
    const held = new Map();               // rows that wait, by id
    let last = url.searchParams.get("since"), source = null, stale = false, away = 0, fresh = 0;

    const button = document.createElement("button");
    button.type = "button";
    button.hidden = true;
    const bar = document.createElement("div");
    bar.className = "fresh";
    bar.append(button);
    list.before(bar);
    button.addEventListener("click", () => {
      if (stale) return location.reload();
      document.getElementById("main").focus({ preventScroll: true });
      show();
      if (list.getBoundingClientRect().top < 0) list.scrollIntoView();
    });

    // Nothing moves under a pointer, around the focus, or above what is being read.
    const busy = () => list.matches(":hover") || list.contains(document.activeElement) || list.getBoundingClientRect().top < -80;

    function tell() {
      button.hidden = !stale && held.size === 0;
      button.textContent = stale ? "The list has changed: show it anew" : "Show " + filings(held.size);
    }

    function show() {
      for (const x of held.values()) insert(x.day, x.row);
      held.clear();
      tell();
    }

    // spot finds what the row comes before: null for the end of its day; undefined
    // when it is older than what is on this page.
    function spot(day, row) {
      const days = [...list.querySelectorAll(".day")];
      const its = days.find(d => d.dataset.day === day.dataset.day);
      const isLast = !its && days.every(d => d.dataset.day > day.dataset.day);
      if (isLast && older) return undefined;
      if (!its) return { before: days.find(d => d.dataset.day < day.dataset.day) ?? null };
      const after = [...its.querySelectorAll("article")].find(a => a.id < row.id) ?? null;
      if (!after && older && its === days.at(-1)) return undefined;
      return { its, before: after };
    }

    function insert(day, row) {
      const at = spot(day, row);
      if (!at) return;
      list.querySelector(".empty")?.remove();
      if (at.its) {
        at.its.insertBefore(row, at.before);
      } else {
        day.querySelectorAll("article").forEach(a => a.remove());
        day.append(row);
        list.insertBefore(day, at.before);
      }
      row.classList.add("arrived");
      setTimeout(() => row.classList.remove("arrived"), 10000);
      if (calm.matches) return;
      const slides = at.its ? row : day;
      slides.animate([{ height: 0, paddingBlock: 0, opacity: 0, overflow: "clip" }, { height: slides.offsetHeight + "px", overflow: "clip" }], { duration: 350, easing: "ease-out" });
    }

    function receive(html) {
      const day = new DOMParser().parseFromString(html, "text/html").querySelector(".day");
      const row = day.querySelector("article");
      const known = document.getElementById(row.id);
      if (known) {
        if (!known.contains(document.activeElement)) known.replaceWith(row);
        return;
      }
      if (stale || !spot(day, row)) return;
      if (list.querySelectorAll("article").length + held.size >= most) {
        stale = true;
        return tell();
      }
      if (!held.has(row.id)) {
        fresh++;
        say(() => { const n = fresh; fresh = 0; return filings(n); }, 10000);
      }
      held.set(row.id, { day, row });
      busy() ? tell() : show();
    }

    function connect() {
      url.searchParams.set("last_event_id", last);
      source = new EventSource(url);
      source.addEventListener("filing", e => { last = e.lastEventId; receive(e.data); });
      source.addEventListener("reset", e => { last = e.lastEventId; stale = true; tell(); });
      source.addEventListener("error", e => {
        if (e.target === source && source.readyState === EventSource.CLOSED) {
          source = null;
          setTimeout(() => { if (!source && !document.hidden) connect(); }, 20000 + Math.random() * 20000);
        }
      });
    }

    // A page that nobody sees gives its place to others after a minute.
    document.addEventListener("visibilitychange", () => {
      clearTimeout(away);
      if (!document.hidden) {
        if (!source) connect();
        return;
      }
      away = setTimeout(() => { source?.close(); source = null; }, 60000);
    });
    addEventListener("pagehide", () => { source?.close(); source = null; });
    addEventListener("pageshow", e => { if (e.persisted && !source) connect(); });

    let looking = 0;
    const later = () => { looking ||= setTimeout(() => { looking = 0; if (held.size && !stale && !busy()) show(); }, 400); };
    list.addEventListener("mouseleave", later);
    list.addEventListener("focusout", later);
    addEventListener("scroll", later, { passive: true });
    connect();
  }

  // suggest makes the field a combobox, as the ARIA practices have it: the list is
  // beside the way, and what is typed stays as it is unless something is chosen.
  function suggest(field) {
    const list = document.createElement("ul");
    list.id = field.id + "-suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Issuers");
    list.className = "suggestions";
    list.hidden = true;
    field.closest("label").after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) field.setAttribute(name, value);
    let active = -1, timer = 0, asking = null;

    function close() {
      clearTimeout(timer);
      asking?.abort();
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    function mark(n) {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = n;
      const option = list.children[n];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    }

    function choose(option) {
      field.value = option.dataset.cik;
      close();
    }

    function offer(issuers) {
      list.replaceChildren(...issuers.map((x, i) => {
        const option = document.createElement("li");
        option.id = list.id + "-" + i;
        option.dataset.cik = x.cik;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const name = document.createElement("b");
        name.textContent = x.name || "CIK " + x.cik;
        const more = document.createElement("span");
        more.textContent = [...(x.tickers ?? []).slice(0, 3), "CIK " + x.cik].join(" · ");
        option.append(name, " ", more);
        return option;
      }));
      active = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = issuers.length === 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
      list.style.left = field.offsetLeft + "px";
      list.style.top = field.offsetTop + field.offsetHeight + "px";
      list.style.minWidth = field.offsetWidth + "px";
      if (!list.hidden) say(() => list.children.length === 1 ? "1 suggestion" : list.children.length + " suggestions", 1000);
    }

    async function ask() {
      asking?.abort();
      asking = new AbortController();
      try {
        const answer = await fetch("/api/v1/issuers?limit=8&q=" + encodeURIComponent(field.value.trim()), { signal: asking.signal });
        if (answer.ok) offer((await answer.json()).issuers ?? []);
      } catch { /* another letter came, or the server is gone: then there are none */ }
    }

    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (field.value.trim().length < 2) return close();
      timer = setTimeout(ask, 150);
    });
    field.addEventListener("keydown", e => {
      const n = list.children.length;
      if (e.key === "Escape" && !list.hidden) {
        close();
      } else if ((e.key === "ArrowDown" || e.key === "ArrowUp") && list.hidden) {
        if (field.value.trim().length < 2) return;
        ask();
      } else if (e.key === "ArrowDown") {
        mark(active + 1 < n ? active + 1 : -1);
      } else if (e.key === "ArrowUp") {
        mark(active < 0 ? n - 1 : active - 1);
      } else if (e.key === "Enter" && active >= 0) {
        choose(list.children[active]);
      } else {
        return;
      }
      e.preventDefault();
    });
    field.addEventListener("blur", close);
    list.addEventListener("mousedown", e => e.preventDefault()); // the focus stays
    list.addEventListener("click", e => { const o = e.target.closest("[role=option]"); if (o) choose(o); });
  }

  const list = document.getElementById("filings");
  if (list?.dataset.stream) follow(list);
  const field = document.getElementById("issuer");
  if (field) suggest(field);
})();
