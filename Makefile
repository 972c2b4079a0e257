# make run | test | engines | bench | fmt | build | check. Everything made is in target/ and node_modules/; a second run does no work again.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
STAGES := tools style app-and-rules compile server-tests browser-tests engine-tests
.PHONY: run test engines bench fmt build check deny site binary browser other-browsers postgres lint lint-app app rules rule-tests later $(STAGES) FORCE

export PATH := $(CURDIR)/target/tools/bin:$(PATH)
unexport CARGO_TARGET_DIR
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

# The app is always built alone: in one build with the server, cargo would mix Leptos's browser and server features.
# PROFILE=wasm-quick builds it within seconds, for trying things out.
PROFILE ?= wasm-release
# What a panic says of dependencies is not where they lay on the machine that built them.
REGISTRY := $(or $(CARGO_HOME),$(HOME)/.cargo)/registry/src/
APP := -p app --target wasm32-unknown-unknown --target-dir target/app --profile $(PROFILE) \
	--config 'target.wasm32-unknown-unknown.rustflags = ["--remap-path-prefix=$(REGISTRY)="]'
NATIVE := --release -p shared -p qibu
RULES := $(patsubst shared/tests/%/main.rs,--test %,$(wildcard shared/tests/*/main.rs))
SERVER := --lib --bins $(patsubst server/tests/%.rs,--test %,$(patsubst %/main.rs,%.rs,$(filter-out server/tests/tidy.rs,$(wildcard server/tests/*.rs server/tests/*/main.rs))))
WASM := target/app/wasm32-unknown-unknown/$(PROFILE)/app.wasm
GLUE := target/bindgen/$(PROFILE)
TOOLCHAIN := $(shell sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
SPLIT := 0.2.4
BINDGEN := $(shell grep -A1 '^name = "wasm-bindgen"$$' Cargo.lock | sed -n 's/^version = "\(.*\)"/\1/p')
NODE := node_modules/.package-lock.json
DEMO := --database sqlite:target/demo.sqlite --data target/demo
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

run: build
	@[ -e target/demo.sqlite ] || { echo "==> Filling target/demo.sqlite with a demo company"; target/release/qibu demo $(DEMO); }
	@echo "==> Starting Qibu"
	@exec target/release/qibu serve --listen 127.0.0.1:3000 $(DEMO)

build: site binary

# Each stage is a make of its own, the cheapest first; what each took, and its longer parts, is printed last, whatever
# became of it.
test:
	+@mkdir -p target; : >target/.minutes; trap 'echo "==> Minutes"; cat target/.minutes' EXIT; \
	for stage in $(STAGES); do $(call timed,$$stage); done

# Makes something, and notes how long that took.
timed = begun=$$SECONDS; status=0; $(MAKE) --no-print-directory $(1) || status=$$?; \
	took=$$((SECONDS - begun)); printf '%4d:%02d  %s\n' $$((took / 60)) $$((took % 60)) $(1) >>target/.minutes; \
	[ $$status = 0 ] || exit $$status

tools: target/.stamp-tools $(NODE) browser other-browsers postgres

# The app's last steps are one core's work: the rules are linted and tested beside it, without the server, which embeds
# the app and is compiled once.
app-and-rules: target/site/index.html
	@$(MAKE) --no-print-directory -j2 rules app

app:
	+@$(call timed,site)
	+@$(call timed,lint-app)

rules:
	+@$(call timed,lint)
	+@$(call timed,rule-tests)

rule-tests:
	@echo "==> Tests of the rules"
	QIBU_FUZZ_SECONDS=$${QIBU_FUZZ_SECONDS:-$(if $(CI),60,5)} cargo test $(NATIVE) $(RULES)

# The tests ask more of some dependencies than the binary alone: built with them, as it is here, they are compiled once.
compile: site
	@echo "==> Building the server with its tests"
	cargo test $(NATIVE) $(RULES) $(SERVER) --no-run

server-tests:
	@echo "==> Tests of the server"
	cargo test $(NATIVE) $(SERVER)
	cargo test $(NATIVE) --doc

browser-tests:
	@echo "==> Browser tests"
	node_modules/.bin/playwright test --config end2end

# What the stages before it have built; by itself it has that built first.
engine-tests:
	@echo "==> Walk through the app in three engines"
	node end2end/engines.mjs

engines: build browser other-browsers
	@$(MAKE) --no-print-directory engine-tests

bench: build browser postgres
	@echo "==> Benchmarks"
	node end2end/bench.mjs

fmt:
	cargo fmt

check: style lint lint-app

# Tidy is compiled by itself, so that it need not wait for the server's dependencies.
style: target/.stamp-tools $(NODE)
	@echo "==> Format"
	cargo fmt --check
	@echo "==> Tidy"
	@CARGO_MANIFEST_DIR=$(CURDIR)/server rustc --edition 2024 --test server/tests/tidy.rs -o target/tidy && target/tidy --quiet
	@echo "==> TypeScript"
	@node_modules/.bin/tsc --project end2end

lint: target/.stamp-tools target/site/index.html
	@echo "==> Clippy"
	cargo clippy $(NATIVE) --all-targets -- -D warnings
	@# As it ships: without what its tests ask of dependencies besides.
	cargo check --release -p qibu

lint-app: target/.stamp-tools
	@echo "==> Clippy of the app"
	cargo clippy $(APP) -- -D warnings

# All of deny.toml, advisories too, where cargo-deny is installed; `check` holds licences and versions against it anyway.
deny:
	cargo deny check

site: $(GLUE)/app.js $(NODE)
	@echo "==> Bundling target/site"
	@node app/bundle.mjs $(GLUE) $(if $(filter wasm-quick,$(PROFILE)),--quick)

# Lists anew what the first pages do not run, which comes after them: when the bundle has become too large. All pages that
# the browser tests open are looked at; the site is built anew by the next `make`.
later: $(GLUE)/app.js $(NODE) browser
	@rm -rf target/noting
	@node app/bundle.mjs $(GLUE) --noting
	@cargo build --release -p qibu
	@echo "==> What the first pages run"
	@node_modules/.bin/playwright test --config end2end --project sqlite --grep-invert @cut
	@node app/first_pages.mjs

binary: site
	@echo "==> Building target/release/qibu"
	cargo build --release -p qibu

# Cut into parts first: that needs the names and relocations, which wasm-bindgen takes away.
$(GLUE)/app.js: $(WASM) Makefile
	@echo "==> wasm-split $(SPLIT), wasm-bindgen $(BINDGEN)"
	@rm -rf $(GLUE) && mkdir -p $(GLUE)/parts
	@wasm-split-$(SPLIT) $(WASM) $(GLUE)/parts --target web --out-name app
	@wasm-bindgen --target web --no-typescript --keep-lld-exports --no-demangle --out-dir $(GLUE) $(GLUE)/parts/app.wasm
	@rm $(GLUE)/parts/app.wasm && mv $(GLUE)/parts/__wasm_split.js $(GLUE)/

# Cargo knows what has changed; the file's time moves only when it has.
$(WASM): target/.stamp-tools FORCE
	@echo "==> Building the app"
	cargo build $(APP)

# The server embeds this folder: cargo notices a new site only by a file that was there when it compiled last.
target/site/index.html:
	@mkdir -p $(@D) && touch $@

target/.stamp-tools: rust-toolchain.toml Cargo.lock Makefile
	@echo "==> Tools: Rust $(TOOLCHAIN) with WebAssembly, wasm-bindgen $(BINDGEN)"
	@mkdir -p target
	@command -v node >/dev/null || { echo "Node.js 20 or newer is missing: https://nodejs.org"; exit 1; }
	@if ! { cargo fmt --version && cargo clippy --version && [ -d "$$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; } >/dev/null 2>&1; then \
		command -v rustup >/dev/null || { echo "Rust $(TOOLCHAIN) with the target wasm32-unknown-unknown, clippy and rustfmt is missing: https://rustup.rs"; exit 1; }; \
		rustup toolchain install $(TOOLCHAIN) --profile minimal --component clippy --component rustfmt --target wasm32-unknown-unknown; \
	fi
	@[ "$$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $(BINDGEN)" ] || \
		cargo install wasm-bindgen-cli --version $(BINDGEN) --root target/tools --target-dir target/tools/build
	@# It does not tell its version: its name does.
	@[ -x target/tools/bin/wasm-split-$(SPLIT) ] || { \
		cargo install wasm_split_cli_support --version $(SPLIT) --locked --force --features build-binary --root target/tools --target-dir target/tools/build && \
		mv target/tools/bin/wasm-split-cli target/tools/bin/wasm-split-$(SPLIT); }
	@touch $@

$(NODE): package-lock.json
	@echo "==> Node packages"
	@npm ci --silent
	@touch $@

# CHROMIUM names another browser; then nothing is installed.
browser:
	@[ -n "$${CHROMIUM:-}" ] || dpkg -s chromium fonts-noto-cjk >/dev/null 2>&1 || { \
		echo "==> Installing Chromium and Chinese fonts (apt)"; \
		$(SUDO) apt-get update -qq; \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; }

# Firefox, and WebKit with its driver and the screen that it needs.
other-browsers:
	@dpkg -s firefox-esr webkit2gtk-driver xvfb >/dev/null 2>&1 || { \
		echo "==> Installing Firefox and WebKit (apt)"; \
		$(SUDO) apt-get update -qq; \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends firefox-esr webkit2gtk-driver xvfb >/dev/null; }

# The programs alone: tests start a cluster of their own, and none is to run besides.
postgres:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
		echo "==> Installing PostgreSQL (apt)"; \
		$(SUDO) mkdir -p /etc/postgresql-common; \
		[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" | $(SUDO) tee /etc/postgresql-common/createcluster.conf >/dev/null; \
		$(SUDO) apt-get update -qq; \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; }
