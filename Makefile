# Everything runs on a machine with Python 3.11 or newer and make; `deploy/local/bootstrap.py` makes the rest.
ifndef PYTHON
PYTHON := $(shell for each in python3 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
endif
ifeq ($(PYTHON),)
override PYTHON := echo "This needs Python 3.11 or newer, and none was found. Install one, or name it: make run PYTHON=/path/to/python3"; false
endif
IN_ENVIRONMENT = $(PYTHON) -m deploy.local.bootstrap
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run dev test check demo shell lock rehearse bench schermbeelden clean

help: ## Show these targets
	@echo "make run starts the site on http://127.0.0.1:8000/ and the frontend on http://127.0.0.1:4321/"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "PORT=8001 FRONTEND_PORT=4322 make run uses other ports; DATABASE_URL=postgres://… another database."

run: ## Start the whole site with its demo content
	@$(IN_ENVIRONMENT) python -m deploy.local.site

dev: ## The same, with the frontend reloading while you edit it
	@$(IN_ENVIRONMENT) python -m deploy.local.site --dev

test: ## Run all tests; make test ARGS="tests/themes -k title" runs some
	@$(IN_ENVIRONMENT) python -m deploy.local.testing $(ARGS)

check: ## Linters, types, missing migrations, production settings
	@$(IN_ENVIRONMENT) python -m deploy.local.checks

demo: ## Load the demo content into the local database again
	@$(IN_ENVIRONMENT) python -m deploy.local.content

shell: ## Django's shell on the local database
	@$(IN_ENVIRONMENT) python manage.py shell

lock: ## Write the dependency locks; make lock ARGS=--upgrade renews them
	@$(IN_ENVIRONMENT) python -m deploy.local.lock $(ARGS)

rehearse: ## Back up a demo site, lose it, restore it, compare
	@$(IN_ENVIRONMENT) python -m deploy.local.rehearsal

bench: ## Measure search, site and Lighthouse (an hour); make bench ARGS="site 100 1000" a part at those sizes
	@$(IN_ENVIRONMENT) python -m deploy.local.bench $(ARGS)

schermbeelden: ## Make the pictures of the editor's guide again
	@$(IN_ENVIRONMENT) python -m deploy.local.screenshots

clean: ## Remove what make made; asks before it removes data
	@$(PYTHON) -m deploy.local.clean
