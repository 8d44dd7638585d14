"""The scenarios in ciw (G. I. Palmer, V. A. Knight and others, "Ciw: an open-source discrete event simulation library", Journal
of Simulation 13, 2019): its arrivals, its clock, its servers and records. Only who is picked is said here, since its nodes know
no skills.
"""

import ciw


def replicate(scenario, calls, seed):
    """(type, wait, agent, begin, end) of each of the first `calls` calls, in order of arrival, minutes."""
    network = ciw.create_network(
        arrival_distributions={kind.name: [ciw.dists.Exponential(kind.rate)] for kind in scenario.types},
        service_distributions={kind.name: [ciw.dists.Exponential(1 / kind.service)] for kind in scenario.types},
        # Classes of priority are numbered from 0 without gaps.
        priority_classes={kind.name: sorted({other.priority for other in scenario.types}).index(kind.priority)
                          for kind in scenario.types},
        number_of_servers=[len(scenario.agents())],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network, node_class=skilled(scenario))
    simulation.simulate_until_max_customers(calls, method="Finish")
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
    return [(record.customer_class, record.waiting_time, record.server_id - 1, record.service_start_date,
             record.service_end_date) for record in records]


def skilled(scenario):
    """A node whose servers are the scenario's agents."""
    agents = scenario.agents()

    class SkilledNode(ciw.Node):
        idle_since = {}
        newly_free = None

        def can(self, server, individual):
            return individual.customer_class in agents[server.id_number - 1].skills

        def find_free_server(self, individual):
            free = [server for server in self.servers if not server.busy and self.can(server, individual)]
            return min(free, default=None, key=lambda server: (
                agents[server.id_number - 1].tier, self.idle_since.get(server.id_number, 0), server.id_number))

        def choose_next_customer(self):
            for individuals in self.individuals:
                for individual in individuals:
                    if individual.server:
                        continue
                    if self.newly_free is not None:
                        if self.can(self.newly_free, individual):
                            return individual
                    elif self.find_free_server(individual) is not None:
                        return individual
            return None

        def begin_service_if_possible_release(self, next_individual, newly_free_server):
            self.newly_free = newly_free_server
            super().begin_service_if_possible_release(next_individual, newly_free_server)
            self.newly_free = None

        def detatch_server(self, server, individual):
            super().detatch_server(server, individual)
            self.idle_since[server.id_number] = self.now

    return SkilledNode
