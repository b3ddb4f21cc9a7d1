package scope

// SpaceNodes is how many nodes a Space holds.
func SpaceNodes(s *Space) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.nodes)
}

// SetRoom sets how many nodes questions about items may leave behind.
func SetRoom(s *Space, nodes int) { s.room = nodes }
